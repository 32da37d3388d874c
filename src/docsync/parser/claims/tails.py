"""What stands in brackets after a count: its percentage, its addends, or the ids that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.blocks import Inline
from docsync.models.claims import Number
from docsync.parser.claims.numbers import NUMBER, number
from docsync.parser.entities import entity_at, find_entities
from docsync.parser.vocabulary import Vocabulary

_MAY_FOLLOW = re.compile(r"\s{0,6}[(,:=~≈\d–—-]")
"""Matches the first sign of any tail; most numbers have none."""
_BRACKETS = re.compile(r"\s{0,3}[,:-]?\s{0,3}\(([^()\n]{1,300})\)")
_PERCENT = re.compile(rf"\s*(?P<near>[~≈])?(?P<value>{NUMBER})(?P<more>\+)?\s?%(?P<plus>\+)?")
_ENDS_PERCENT = re.compile(
    r"\s*(?:$|[,;)]|vs\b|of\b|complete|done|passing|passed|resolved|satisfied|met\b|success|target|✅|\W*$)"
)
_BARE_PERCENT = re.compile(
    rf"\s{{0,3}}(?:=|-|–|—|:|,)?\s{{0,3}}(?P<near>[~≈])?(?P<value>{NUMBER})\s?%(?P<plus>\+)?(?=\s*(?:$|[)\].;|]|complete|done))"
)
_ADDEND = re.compile(rf"\s*(?P<value>{NUMBER})(?:\s[A-Za-z][\w -]{{0,30}}?)?\s*(?P<plus>\+|$)")
_COLON = re.compile(r"\s{0,3}(?::|—|–|-)\s")
_BETWEEN = re.compile(r"[\s,;&✅✓✔⏳🔄🔒❌🚧]*(?:and\s)?[\s✅✓✔⏳🔄🔒❌🚧\ufe0f]*")
_ENDS_LIST = re.compile(r"[\s✅✓✔!\ufe0f]*(?:$|[.)(\n])")
_FIRST = re.compile(r"[\s\W]*")
_TIMES = frozenset({"session", "week", "day", "event", "step", "sprint"})
_LIST_WORDS = re.compile(r"[A-Za-z]{3,}")
_MOST_BRACKETS = 3
_BESIDE_NAMES = frozenset(
    {"and", "others", "other", "next", "plus", "all", "more", "etc", "both", "only", "now", "holes", "tasks"}
)


class Tail(Struct, frozen=True):
    """Hold what the brackets after a count say, up to `end`."""

    percent: Number | None = None
    parts: tuple[Number, ...] = ()
    listed: tuple[str, ...] = ()
    end: int = 0


def tail_after(inline: Inline, text: str, start: int, end: int, vocabulary: Vocabulary) -> Tail:
    """Read the brackets that follow a count directly, or a percentage or list of ids after a colon or dash."""
    tail = Tail(end=start)
    if not _MAY_FOLLOW.match(text, start, end):
        return tail
    for _ in range(_MOST_BRACKETS):
        found = _BRACKETS.match(text, tail.end, end)
        if found is None:
            break
        tail = replace(_bracketed(inline, text, found, tail, vocabulary), end=found.end())
    if tail.percent is None and (found := _BARE_PERCENT.match(text, tail.end, end)):
        tail = replace(tail, percent=_percent(inline, found), end=found.end())
    if not tail.listed and (colon := _COLON.match(text, tail.end, end)):
        listed = tuple(_chain(text, colon.end(), end, vocabulary))
        tail = replace(tail, listed=listed)
    return tail


def _bracketed(inline: Inline, text: str, found: re.Match[str], tail: Tail, vocabulary: Vocabulary) -> Tail:
    start, end = found.span(1)
    if percent := _PERCENT.match(text, start, end):
        fits = tail.percent is None and _ENDS_PERCENT.match(text, percent.end(), end)
        return replace(tail, percent=_percent(inline, percent)) if fits else tail
    if parts := _addends(inline, text, start, end):
        return replace(tail, parts=parts)
    return tail if tail.listed else replace(tail, listed=_listed(text, start, end, vocabulary))


def _percent(inline: Inline, found: re.Match[str]) -> Number:
    more = bool(found["plus"]) or bool(found.groupdict().get("more"))
    return number(inline, found["value"], found.start("value"), near=bool(found["near"]), more=more)


def _addends(inline: Inline, text: str, start: int, end: int) -> tuple[Number, ...]:
    """Read `89 + 25 + 21`, a word after each allowed; one number is no sum."""
    parts: list[Number] = []
    while found := _ADDEND.match(text, start, end):
        parts.append(number(inline, found["value"], found.start("value")))
        start = found.end()
        if not found["plus"]:
            return tuple(parts) if len(parts) > 1 else ()
    return ()


def _listed(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the names that a bracket lists; a remark that merely names something (`deferred to phase 2`) lists nothing."""
    first = _FIRST.match(text, start, end)
    begins = first.end() if first else start
    if entity_at(text, begins, vocabulary) is None:
        return ()
    found = [named for named in find_entities(text, start, end, vocabulary) if named.label not in _TIMES]
    names = tuple(name for named in found for name in named.names)
    if not found or (len(names) == 1 and found[0].label) or _remarks(text, start, end, vocabulary):
        return ()
    return names


def _remarks(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a bracket says more than names and how they stand: `M3 Max optimized` lists nothing."""
    for named in reversed(list(find_entities(text, start, end, vocabulary))):
        text, end = text[: named.start] + text[named.end :], end - (named.end - named.start)
    words = (found[0].lower() for found in _LIST_WORDS.finditer(text, start, end))
    return any(word not in _BESIDE_NAMES and word not in vocabulary.state_words for word in words)


def _chain(text: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[str]:
    """Give the names of a list that runs to the end of the text: `: H1, H2 and H5`."""
    names: list[str] = []
    while True:
        between = _BETWEEN.match(text, start, end)
        named = entity_at(text, between.end() if between else start, vocabulary)
        if named is None:
            break
        names.extend(named.names)
        start = named.end
    return iter(names if _ENDS_LIST.match(text, start, end) else ())
