"""Which entities a text names: ids (`H6`, `WS-03-01A`), names with a number (`Phase 2`), ranges and lists of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from docsync.models.schema import KindSpec
from docsync.parser.name_forms import TO
from docsync.parser.vocabulary import DEFAULT, Vocabulary

LONGEST_RANGE: Final = 200
"""A range of more names than this is taken for its two ends."""

_LONGEST_ID = 40
_TAIL = re.compile(r"(\d+)([A-Za-z]?)$")
_ZEROS = re.compile(r"^0+(?=\d)")
_STEP = re.compile(rf"({TO})?\D*(\d+)")
_TOKEN = re.compile(r"(?<![\w./@#-])[\w#][\w./#-]{1,39}(?![\w/@-])")
_ENDS_LIST = re.compile(r"\s*(?:[)\].;:]|$)")
_TECHNOLOGY = frozenset(
    """
    AES ARM AV BASE BERT CLAUDE CO COVID CP CSS CVE CWE DDR EC ECMA ES GB GPT GPU GTX HS HTML HTTP HTTPS IEEE INT IP IPV ISO K
    LATIN LLAMA LTS MB MD MP OAUTH PCIE PEP POSIX PPT QWEN RFC RSA RTX SHA SSL TLS USB UTC UTF UUID V WIN X XGB
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_LETTERS = re.compile(r"[A-Z]+")


class Named(Struct, frozen=True):
    """Hold a place that names entities: one, or all of a range or list in order.

    A name is an id as written, or a word and its number in the form `phase 2`; `label` is that word, empty for an id.
    """

    names: tuple[str, ...]
    start: int
    end: int
    label: str = ""

    @property
    def name(self) -> str:
        """Give the first name."""
        return self.names[0]


def find_entities(text: str, start: int = 0, end: int | None = None, vocabulary: Vocabulary = DEFAULT) -> Iterator[Named]:
    """Give the entities that a masked text names, in order."""
    end = len(text) if end is None else end
    if not vocabulary.custom and not vocabulary.hints.search(text, start, end):
        return iter(())
    found = (_named(match) for match in vocabulary.names.finditer(text, start, end))
    known = (named for named in found if named)
    if not vocabulary.custom:
        return known
    return iter(_merged(list(known), list(_custom(text, start, end, vocabulary.custom))))


def may_name(text: str, vocabulary: Vocabulary = DEFAULT) -> bool:
    """Tell, at little cost, whether a text can name an entity at all."""
    return bool(vocabulary.custom) or vocabulary.hints.search(text) is not None


def has_name(text: str, vocabulary: Vocabulary = DEFAULT) -> bool:
    """Tell whether a masked text that may name an entity holds anything that is written as a name."""
    return bool(vocabulary.custom) or vocabulary.names.search(text) is not None


def entity_at(text: str, start: int, vocabulary: Vocabulary = DEFAULT) -> Named | None:
    """Give the entity whose name begins just at `start` of a masked text."""
    if match := vocabulary.names.match(text, start):
        return _named(match)
    token = _TOKEN.match(text, start) if vocabulary.custom else None
    return _of_kind(token, vocabulary.custom) if token else None


def names_in(text: str, vocabulary: Vocabulary = DEFAULT) -> tuple[str, ...]:
    """Give the names in a masked text, each once, in order."""
    return tuple(dict.fromkeys(name for named in find_entities(text, vocabulary=vocabulary) for name in named.names))


def _named(match: re.Match[str]) -> Named | None:
    if match["label"]:
        return _numbered(match)
    first = match["id"]
    letters = _LETTERS.match(first)
    if letters and letters[0] in _TECHNOLOGY:
        return None
    if match["more"]:
        return Named(_several(first, match["more"]), *match.span())
    return Named((first,), *match.span("id"))


def _several(first: str, more: str) -> tuple[str, ...]:
    """Write out `H1–H4`, `OUT-10..21` and `RULE-1,2,3`."""
    tail = _TAIL.search(first)
    if tail is None:
        return (first,)
    stem, width = first[: tail.start(1)], len(tail[1])
    if more.startswith(","):
        return (first, *(stem + number.zfill(width if tail[1].startswith("0") else 0) for number in more[1:].split(",")))
    last = _TAIL.search(more)
    other = more.lstrip(".–—- ").removeprefix("to ").removeprefix("through ").removeprefix("thru ")
    if last is None or other[: -len(last[0])] not in ("", stem) or last[2] or tail[2]:
        return (first, other)
    low, high = int(tail[1]), int(last[1])
    if not low < high <= low + LONGEST_RANGE:
        return (first, stem + last[1])
    width = width if tail[1].startswith("0") else 0
    return tuple(stem + str(number).zfill(width) for number in range(low, high + 1))


def _numbered(match: re.Match[str]) -> Named | None:
    label = match["label"].lower()
    label = label.removesuffix("ies") + "y" if label.endswith("ies") else label
    label = "criterion" if label == "criteria" else label.removesuffix("s") if match["plural"] else label
    numbers, end = [match["number"]], match.end("number")
    if match["others"] and match["number"].isdigit() and _lists(match):
        numbers, end = _listed(match["number"], match["others"]), match.end()
    elif match.string[end : end + 1] in ("/", "-") and match["others"]:
        return None if match.string[end] == "/" else Named((numbered_name(label, numbers[0]),), match.start(), end, label)
    return Named(tuple(numbered_name(label, number) for number in numbers), match.start(), end, label)


def _lists(match: re.Match[str]) -> bool:
    """Tell whether the numbers after the first belong to the label too: `Phase 1, 3 holes` names one phase."""
    others = match["others"]
    if "," not in others and "and" not in others and "&" not in others:
        return "/" not in others or _consecutive(match["number"], others)
    return bool(match["plural"]) or bool(_ENDS_LIST.match(match.string, match.end()))


def _consecutive(first: str, others: str) -> bool:
    numbers = [first, *(found[2] for found in _STEP.finditer(others))]
    return all(number.isdigit() for number in numbers) and all(
        int(after) == int(before) + 1 for before, after in pairwise(numbers)
    )


def _listed(first: str, others: str) -> list[str]:
    numbers = [first]
    for found in _STEP.finditer(others):
        low, high = numbers[-1], int(found[2])
        if found[1] and low.isdigit() and int(low) < high <= int(low) + LONGEST_RANGE:
            numbers.extend(str(number) for number in range(int(low) + 1, high))
        numbers.append(found[2])
    return numbers


def numbered_name(label: str, number: str) -> str:
    """Give the form in which a word and its number are compared: `Phase 03` is `phase 3`."""
    return f"{label} {_ZEROS.sub('', number)}".lower()


def _custom(text: str, start: int, end: int, kinds: tuple[KindSpec, ...]) -> Iterator[Named]:
    for token in _TOKEN.finditer(text, start, end):
        if named := _of_kind(token, kinds):
            yield named


def _of_kind(token: re.Match[str], kinds: tuple[KindSpec, ...]) -> Named | None:
    word = token[0].rstrip(".")
    if len(word) <= _LONGEST_ID and any(kind.matches(word) for kind in kinds):
        return Named((word,), token.start(), token.start() + len(word))
    return None


def _merged(known: list[Named], custom: list[Named]) -> list[Named]:
    """Put both in order; a project's own id wins over what overlaps it."""
    taken = {at for named in custom for at in range(named.start, named.end)}
    kept = [named for named in known if named.start not in taken and named.end - 1 not in taken]
    return sorted([*kept, *custom], key=lambda named: named.start)
