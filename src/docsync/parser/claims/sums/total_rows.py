"""Which total rows a table has, and the rows that each adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Cell, Paragraph, Row, Table
from docsync.models.claims import TEMPLATE, Scope
from docsync.models.ties import Tie, TieKind
from docsync.parser.claims.sums.adding import Addend, added, blank, unit_of
from docsync.parser.claims.sums.headers import is_additive, is_metric, is_share, is_sum, is_value, is_weighted
from docsync.parser.claims.sums.measures import PERCENT, Measure, is_nothing, measure
from docsync.parser.claims.sums.rows import Line, Rank, head_rows, may_total, read_rows, readings
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.statements import plain

_FEWEST_ROWS = 3
_FEWEST = 2
_MOST_TOTALS: Final = 40
"""Tables with more total rows than this are lists of something else."""
_ODD = re.compile(
    r"\b(?:parallel|concurrent|overlap\w*|exclud\w*|excl|without|incl|includ\w*|not\scounted|of\swhich|subset|shared|duplicates?"
    r"|already\scounted|opt-?in|optional|max|wall|deferred|projected|unique|distinct|avg|average|mean)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\([^()]*\)|\W*(?:of\swhich|incl(?:uding|uded|\.)?|thereof|in\sparallel|(?:shared|overlap\w*)\s(?:by|in|with))\b.*",
    re.IGNORECASE,
)
"""The part of a row's label that can say how it counts; the rest of it is a name: `Parallel runs`."""
_NOTED = re.compile(
    r"\boverlap\w*|\bdouble[\s-]count\w*|\bcounted\s(?:twice|once|in\sboth)\b|\bnot\s(?:shown|listed|broken\sout)\b"
    r"|\bdo(?:es)?\snot\s(?:add|sum)\b|\b(?:totals?|sums?)\s(?:rows?\s)?(?:also\s)?(?:includ|exclud|omit|count)\w*",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(
    r"\W*(?P<count>\d{1,4})\+?\s(?:categories|groups|areas|types|kinds|modules|components|sections)\W*", re.IGNORECASE
)
_LONGEST_NOTE: Final = 400
_TAKEN_OFF = re.compile(
    r"\W*(?:less|minus|discounts?|rebates?|refunds?|credits?|deductions?|removed|deleted|returned)\b", re.IGNORECASE
)
"""Labels of rows that a total subtracts, or does not count."""
_HUNDRED = Decimal(100)
_SHARES = (Decimal(80), Decimal(125))
"""Percentages that come to less or more than this are no shares of one whole."""


class _Column(Struct, frozen=True):
    """Hold one column of a table for one of its total rows."""

    header: str
    at: int
    table: Table
    lines: tuple[Line, ...]
    scope: Scope


def total_rows(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each number of a total row and the numbers above it."""
    for index, block in source.blocks.tables:
        if len(block.rows) >= _FEWEST_ROWS and may_total(block) and not source.generated.holds(block.span):
            scope = source.scopes.of(index)
            if scope.as_of != TEMPLATE and not _explained(source, index):
                yield from _totals(block, scope)


def _explained(source: TieSource, index: int) -> bool:
    """Tell whether the text right below a table says why its total is not the sum of the rows."""
    below = source.blocks[index + 1] if index + 1 < len(source.blocks) else None
    return isinstance(below, Paragraph) and _NOTED.search(below.inline.text[:_LONGEST_NOTE]) is not None


def _totals(table: Table, scope: Scope) -> Iterator[Tie]:
    lines = read_rows(table)
    totals = [line for line in lines if line.rank is not Rank.ITEM]
    if not totals or len(totals) > _MOST_TOTALS or any(line.omits for line in lines):
        return
    for total in totals:
        if _is_shifted(total, lines):
            continue
        for at in range(total.at + 1, len(table.header.cells)):
            column = _Column(plain(table.header.cells[at].text), at, table, lines, scope)
            yield from _column(column, total)


def _is_shifted(total: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a row's label stands in a column of numbers, so that its own numbers stand in those of others."""
    return total.at > 0 and any(_measure(line.row, total.at) for line in lines if line.rank is Rank.ITEM)


def _column(column: _Column, total: Line) -> Iterator[Tie]:
    stated = _measure(total.row, column.at)
    if stated is None or stated.at_most or _ODD.search(f"{total.label} {stated.remark}") or _counts_more_rows(column, total):
        return
    groups = _groups(column, total)
    if not groups:
        return
    if stated.unit == PERCENT:
        yield from _shares(column, stated, groups[0])
    elif is_additive(column.header) and is_sum(total.label) and stated.unit != "x" and not is_weighted(column.table):
        yield from _sum(column, stated, groups)


def _counts_more_rows(column: _Column, total: Line) -> bool:
    """Tell whether a total row counts more rows than there are: `Total | 74 | 20 categories` below eight of them."""
    counted = (found for cell in total.row.cells[total.at + 1 :] if (found := _CATEGORIES.fullmatch(cell.text)))
    return any(int(found["count"]) > len(column.table.rows) - 1 for found in counted)


def _groups(column: _Column, total: Line) -> list[tuple[Line, ...]]:
    """Give the groups of rows that a total may add up; none where it is a row like the others."""
    if total.noun and (is_metric(column.table) or is_value(column.header)):
        return head_rows(column.lines, total)
    if not total.closes or is_metric(column.table):
        return []
    return readings(column.lines, total)


def _sum(column: _Column, stated: Measure, groups: Sequence[Sequence[Line]]) -> Iterator[Tie]:
    like = blank(TieKind.COLUMN, column.header, column.scope, "a total row adds up the rows above it")
    ways = ((addends, group) for group in groups if (addends := _addends(column.at, group)) is not None)
    found = [added(stated, addends, like) for addends, group in ways if _comparable(stated, addends, group)]
    if found:
        yield next((tie for tie in found if tie.holds), found[0])


def _comparable(stated: Measure, addends: Sequence[Addend], group: Sequence[Line]) -> bool:
    if len(addends) < _FEWEST or unit_of(stated, addends) is None:
        return False
    measures = [addend.measure for addend in addends]
    if stated.signed and not any(measure.signed for measure in measures):
        return False  # a difference
    if _is_schedule(measures):
        return False
    if stated.whole and all(measure.whole and measure.whole.value == stated.whole.value for measure in measures):
        return False  # marks out of ten
    if stated.number.approximate and len(addends) < len(group):
        return False  # an estimate of the whole says something of rows that say nothing yet
    # Rows of which one is the whole are parts of each other.
    return not stated.low or all(addend.measure.low != stated.low for addend in addends)


def _is_schedule(measures: Sequence[Measure]) -> bool:
    """Tell whether numbers say when, not how long: days 1-2, 3-4 and 5-7."""
    spans = [(measure.number.value, measure.number.upper or measure.number.value) for measure in measures]
    follow = all(0 <= later[0] - earlier[1] <= 1 for earlier, later in pairwise(spans))
    return follow and len(spans) >= _FEWEST_ROWS and sum(first < last for first, last in spans) > 1


def _shares(column: _Column, stated: Measure, group: Sequence[Line]) -> Iterator[Tie]:
    addends = _addends(column.at, group)
    if not is_share(column.header) or stated.low != _HUNDRED or not addends or any(a.measure.unit != PERCENT for a in addends):
        return
    whole = sum((addend.measure.number.value for addend in addends), Decimal(0))
    if _SHARES[0] <= whole <= _SHARES[1] and all(addend.measure.high < _HUNDRED for addend in addends):
        yield added(stated, addends, blank(TieKind.COLUMN, column.header, column.scope, "shares of one whole come to 100%"))


def _addends(at: int, group: Sequence[Line]) -> list[Addend] | None:
    """Read a column's cells; None where one holds something that cannot be added."""
    addends: list[Addend] = []
    for line in group:
        found = _measure(line.row, at)
        if _TAKEN_OFF.match(line.label):
            return None
        if found is not None and not _ODD.search(" ".join([*_ASIDE.findall(line.label), found.remark])):
            addends.append(Addend(found, line.label))
        elif found is not None or not is_nothing(line.row.cells[at].text):
            return None
    return addends


def _measure(row: Row, at: int) -> Measure | None:
    cell: Cell = row.cells[at]
    return measure(cell.text, cell.span.start) if cell.text else None
