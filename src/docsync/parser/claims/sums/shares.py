"""Which percentages in a table follow from two counts in their row, and which bars show a percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.blocks import TEXTS, Fence, Inline, Row, Table, Text
from docsync.models.claims import TEMPLATE, Number, Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.sums.measures import PERCENT, Measure, measure
from docsync.parser.claims.sums.outline import PLAIN_LISTINGS
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.statements import plain

_DONE = re.compile(
    r"\b(?:complete[d]?|done|resolved|pass(?:ed|ing)?|implemented|finished|closed|fixed|met|covered|tested|ready|successful|migrated"
    r"|with\s\w+)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\W*(?:total\b.*|all|tests|tasks|items|holes|criteria|requirements|planned|files|count|stories|issues)\W*", re.IGNORECASE
)
_PERCENT = re.compile(r"%|\b(?:percent\w*|rate|coverage|progress|completion|status|done|complete)\b", re.IGNORECASE)
_RATE = re.compile(r"%|\b(?:percent\w*|rate|coverage|progress|completion)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:line|branch|code|confidence|target|goal|weight|effort|time|estimated)\b", re.IGNORECASE)
_BAR = re.compile(r"(?P<bar>[█▓■▰#=●⬛🟩]{0,60}[▒▌]?[░▱□○⬜·\-]{0,60})\]?[\s:|]{0,3}`?\s?(?P<percent>\d{1,3}(?:\.\d)?)\s?%")
_EXAMPLES = frozenset({"markdown", "md"})
_FULL = frozenset("█▓■▰●⬛🟩")
_EMPTY = frozenset("░▱□○⬜▒")
_SHORTEST = 5
_ROWS_FOR_ONE = 3
_MOST_COLUMNS: Final = 12
_SAID: Final = (*TEXTS, Fence)


def shares(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each percentage that two counts of its row, or the bar beside it, decide."""
    for index, block in source.counting:
        if type(block) is Table:
            scope = source.scopes.of(index)
            if scope.as_of != TEMPLATE:
                yield from _table(block, scope)
        elif isinstance(block, _SAID) and "%" in block.inline.text and _is_said(block):
            yield from _bars(block.inline, source.scopes.of(index))


def _is_said(block: Text | Fence) -> bool:
    """Tell whether a block is the document's own words: what a fence gives a language is code or an example."""
    return not isinstance(block, Fence) or (block.info or "").strip().lower() in PLAIN_LISTINGS - _EXAMPLES


class _Columns(Struct, frozen=True):
    count: int
    total: int
    percent: int


def _table(table: Table, scope: Scope) -> Iterator[Tie]:
    columns = _columns([plain(cell.text) for cell in table.header.cells])
    if columns is None:
        return
    ties = [tie for row in table.rows if (tie := _row(row, columns, scope))]
    # That the columns are what they seem shows in the rows that hold.
    if sum(1 for tie in ties if not tie.holds) * _ROWS_FOR_ONE <= len(ties):
        yield from ties


def _columns(headers: Sequence[str]) -> _Columns | None:
    """Find by their headers the one column of what is done, the one of all there are, and the one of their share."""
    if len(headers) > _MOST_COLUMNS:
        return None
    done = [at for at, header in enumerate(headers) if at and _DONE.search(header) and not _RATE.search(header)]
    if len(done) != 1:
        return None
    whole = [at for at, header in enumerate(headers) if at and _WHOLE.fullmatch(header) and at not in done]
    rest = [(at, header) for at, header in enumerate(headers) if at and at not in (*done, *whole)]
    percent = [at for at, header in rest if _PERCENT.search(header) and not _OTHER.search(header)]
    return _Columns(done[0], whole[0], percent[0]) if len(whole) == len(percent) == 1 else None


def _row(row: Row, columns: _Columns, scope: Scope) -> Tie | None:
    count, total, percent = (_measure(row, at) for at in (columns.count, columns.total, columns.percent))
    if count is None or total is None or percent is None or percent.unit != PERCENT or not percent.number.exact:
        return None
    if not all(one.number.exact and one.whole is None and one.unit != PERCENT for one in (count, total)):
        return None
    if not 0 < count.low <= total.low:
        return None
    share = 100 * count.low / total.low
    label = plain(row.cells[0].text)
    parts = (Part(count.number.span, "count", count.low, count.low), Part(total.number.span, "total", total.low, total.low))
    why = "the row holds the count, the total and their share"
    return Tie(TieKind.SHARE, percent.number, percent.number.span, parts, share, share, label, scope, why=(why,))


def _measure(row: Row, at: int) -> Measure | None:
    return measure(row.cells[at].text, row.cells[at].span.start)


def _is_framed(found: re.Match[str]) -> bool:
    """Tell whether a bar without an empty sign shows its whole length, as the bars of a chart do not."""
    return found["percent"] == "100" or found.string[found.end("bar") : found.end("bar") + 1] == "]"


def _bars(inline: Inline, scope: Scope) -> Iterator[Tie]:
    """Compare bars with the percentages after them; a bar is as exact as one of its signs."""
    if _FULL.isdisjoint(inline.text) and _EMPTY.isdisjoint(inline.text):
        return
    for found in _BAR.finditer(inline.text):
        bar = found["bar"]
        full = sum(1 for sign in bar if sign in _FULL)
        length = full + sum(1 for sign in bar if sign in _EMPTY)
        if length < _SHORTEST or length != len(bar) or scope.as_of == TEMPLATE or (full == length and not _is_framed(found)):
            continue
        step = Decimal(100) / length
        span = inline.span(*found.span("percent"))
        stated = Number(Decimal(found["percent"]), span, len(found["percent"].partition(".")[2]))
        part = Part(inline.span(*found.span("bar")), "the bar", Decimal(full), Decimal(full))
        whole = Part(part.span, "its length", Decimal(length), Decimal(length))
        low, high = step * full - 2 * step, step * full + 2 * step
        yield Tie(
            TieKind.SHARE, stated, span, (part, whole), low, high, "", scope, why=("the bar stands before the percentage",)
        )
