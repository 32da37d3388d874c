"""Which record a heading or an id cell names: `✅ H6: Name — COMPLETE` has an id, a title and a status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.schema import KindSpec
from docsync.models.status import Status, word_key

_LONGEST_ID: Final = 120
_LONGEST_STATUS: Final = 60

_AHEAD = re.compile(r"(?:\[(?P<mark>[^\[\]\n])\](?=[\s*_])|(?P<sign>[^\w\s(\[])|[\s_])*")
_ENDS_ID = re.compile(r"[*_`~]{0,6}(?:\s{0,6}[:：–—(]|\s{1,6}[^\w\s]|\.\s|\s{0,6}\Z)")
_SEPARATOR = re.compile(r"[*_`~]{0,6}\s{0,6}(?:[:：–—|.-]{1,3}\s{0,6})?(?:[*_]{1,3}\s{1,6})?")
_JOINS: Final = " \t\n:：–—-|."
_EMPHASIS: Final = ("**", "__", "~~", "`", "*")
_ORNAMENT: Final = " \t\n*_`~!.:🎉✨\ufe0f"
_NOTE = re.compile(r"\s*\([^()]*\d[^()]*\)\Z")
_OPENS_STATUS = re.compile(r"\s[–—-]\s|[(\[]|(?<![\w-])[A-Z][A-Z_-]{3,}(?: [A-Z]{2,}){0,3}(?![\w-])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MARKS: Final[Mapping[str, Status]] = {
    "x": Status.RESOLVED,
    "X": Status.RESOLVED,
    "✓": Status.RESOLVED,
    "✅": Status.RESOLVED,
    " ": Status.PENDING,
}


class Said(Struct, frozen=True):
    """Hold a piece of a text with its offsets there."""

    text: str
    start: int
    end: int


class Lead(Struct, frozen=True):
    """Hold what a heading or cell says of a record; `status` is None where it says nothing of it."""

    id: Said
    title: str
    status: Said | None


def read_lead(text: str, spec: KindSpec, config: Config) -> Lead | None:
    """Read the id of a kind, what it is called and how far it is; None where the text does not begin with such an id.

    The id stands first, but for status signs, a checkbox and the kind's own name, and a colon, dash or bracket follows it,
    or nothing: `Phase 2 Success Criteria` is no phase.
    """
    ahead = _AHEAD.match(text)
    start = ahead.end() if ahead else 0
    found = _id(text, start, spec)
    if found is None:
        return None
    separator = _SEPARATOR.match(text, found.end)
    title, status = _split_status(text, separator.end() if separator else found.end, config)
    return Lead(found, title, status or _status_ahead(text, start, config))


def plain_title(text: str, config: Config) -> str:
    """Give a heading's text without the status that it ends in and without emphasis."""
    return _split_status(text, 0, config)[0]


def _id(text: str, start: int, spec: KindSpec) -> Said | None:
    ends = _ENDS_ID.search(text, start, min(len(text), start + _LONGEST_ID))
    candidate = text[start : ends.start() if ends else start].rstrip("*_`~ ")
    if spec.matches(candidate):
        return Said(candidate, start, start + len(candidate))
    word, _, rest = candidate.partition(" ")
    rest = rest.strip("*_`~ ")
    if rest and word.casefold() in (spec.name, *spec.nouns) and spec.matches(rest):
        at = text.index(rest, start + len(word))
        return Said(rest, at, at + len(rest))
    return None


def _status_ahead(text: str, end: int, config: Config) -> Said | None:
    """Read a checkbox or a status sign before the id."""
    for at in range(end):
        if text[at] in config.emoji:
            return Said(text[at], at, at + 1)
        if text[at] == "[" and (status := _MARKS.get(text[at + 1])):
            return Said(status.value, at + 1, at + 2)
    return None


def _split_status(text: str, start: int, config: Config) -> tuple[str, Said | None]:
    """Part a title from the status after it: behind a dash, in brackets, in capitals or beside a sign."""
    end = len(text.rstrip(_ORNAMENT))
    whole = _NOTE.sub("", text[start:end]).rstrip(_ORNAMENT)
    stop = start + len(whole)
    for at in _openings(text, max(start, stop - _LONGEST_STATUS), stop, config):
        said = text[at:stop].strip(_JOINS + _ORNAMENT + "()[]")
        if said and _is_status(said, config):
            first = text.index(said, at)
            return _bare(text[start:at]), Said(said, first, first + len(said))
    return _bare(text[start:end]), None


def _openings(text: str, start: int, end: int, config: Config) -> list[int]:
    """Give the places, in order, where a status at the end of a title may begin."""
    signs = [at for at in range(start, end) if text[at] in config.emoji]
    return sorted({start, *signs, *(match.start() for match in _OPENS_STATUS.finditer(text, start, end))})


def _is_status(said: str, config: Config) -> bool:
    """Tell whether a text is a status and nothing else."""
    signs = [character for character in said if character in config.emoji]
    words = " ".join(_WORD.findall(said.replace("_", " ")))
    if not words:
        return bool(signs)
    return word_key(words) in config.words and not any(character.isdigit() for character in said)


def _bare(title: str) -> str:
    """Take off what parts a title from its neighbours, and the emphasis around it or cut in two by them."""
    bare = title.strip(_JOINS)
    for sign in _EMPHASIS:
        if bare.count(sign) % 2:
            bare = bare.removesuffix(sign) if bare.endswith(sign) else bare.removeprefix(sign)
        elif bare.count(sign) == 2 and bare.startswith(sign) and bare.endswith(sign):  # noqa: PLR2004 -- one pair
            bare = bare[len(sign) : -len(sign)]
    bare = bare.strip(_JOINS)
    return bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1 else bare
