"""Which overall percentages stand in one list with the shares that they sum up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Block, Fence, Inline, ListItem, Table
from docsync.models.claims import TEMPLATE, Number, Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.forms.boards import is_board
from docsync.parser.statements import plain

_LINE = re.compile(
    r"\s*(?:[^\w\s\"'`/.]{1,6}\s+)*[*_]{0,2}(?P<name>[^\W\d_][^:%\n]{0,60}?)[*_]{0,2}:[*_]{0,2}\s*(?:[\[(]?[█▓■▰░▱□▒]+\]?\s*)?[*_]{0,2}"
    r"(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s?%"
)
_OVERALL = re.compile(
    r"overall(?:\s(?:progress|completion|status|complete|project|total))?|(?:total|project)\s(?:progress|completion)",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"~~|\b(?:defer\w*|optional|out of scope|future|later|backlog|cancel\w*|skipp\w*|removed|dropped|post-?mvp|not required|n/a"
    r"|moved|coverage|scores?|confidence|quality|remaining|left|failed|failing|errors?|risk|target|goal)\b",
    re.IGNORECASE,
)
_FEWEST: Final = 2
_MOST: Final = 60
_ALL: Final = Decimal(100)


class _Share(Struct, frozen=True):
    name: str
    number: Number
    rest: str


def overall_shares(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each list with one overall percentage: that lies between the least and the greatest of the others."""
    for index, lines in _lists(source):
        scope = source.scopes.of(index)
        if scope.as_of != TEMPLATE and (tie := _tie([share for inline in lines for share in _shares(inline)], scope)):
            yield tie


def _tie(found: Sequence[_Share], scope: Scope) -> Tie | None:
    totals = [share for share in found if _OVERALL.fullmatch(share.name)]
    parts = [share for share in found if _is_part(share)]
    if len(totals) != 1 or not _FEWEST <= len(parts) <= _MOST or _PUT_OFF.search(totals[0].rest):
        return None
    stated, values = totals[0].number, [part.number.value for part in parts]
    least, greatest = min(values), max(values)
    if sum(values) <= _ALL:  # shares that add up are of one whole: each says how much of it, not how far, a part is
        return None
    return Tie(
        TieKind.OVERALL,
        stated,
        stated.span,
        tuple(Part(part.number.span, part.name, part.number.value, part.number.value) for part in parts),
        least,
        least if stated.value == _ALL else greatest,  # no mean of several is 100% where one is below it
        "",
        scope,
        sure=stated.value == _ALL,
        why=(f"one list holds it and the shares of {len(parts)} parts",),
    )


def _is_part(share: _Share) -> bool:
    return not _OVERALL.match(share.name) and not _PUT_OFF.search(f"{share.name} {share.rest}")


def _lists(source: TieSource) -> Iterator[tuple[int, list[Inline]]]:
    """Give each status board, and each list's outermost items, with the index of its first block."""
    items: dict[int, tuple[int, list[Inline]]] = {}
    for index, block in source.counting if "%" in source.source.text else ():
        if isinstance(block, Table) or "%" not in block.inline.text:
            continue
        if isinstance(block, ListItem):
            items.setdefault(block.list_start, (index, []))[1].append(block.inline)
        elif isinstance(block, Fence) and is_board(block, _before(source, index), source.scopes.of(index), source.vocabulary):
            yield index, [block.inline]
    yield from items.values()


def _before(source: TieSource, index: int) -> Block | None:
    """Give the block before another, generated ones left out."""
    above = (source.blocks[at] for at in range(index - 1, -1, -1))
    return next((block for block in above if not source.generated.holds(block.span)), None)


def _shares(inline: Inline) -> Iterator[_Share]:
    """Give the lines that begin with a name and its share; a list item's first line only begins so."""
    at = 0
    for line in inline.text.split("\n"):
        found = _LINE.match(line)
        if found:
            start, end = found.span("percent")
            places = len(found["percent"].partition(".")[2])
            number = Number(Decimal(found["percent"]), inline.span(at + start, at + end), places)
            yield _Share(plain(found["name"]).strip(), number, line[end:])
        at += len(line) + 1
