"""Which durations a document gives for all of its work, and whether they agree: `Total estimated time: 42 hours`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct

from docsync.models.blocks import ListItem, Paragraph, Table
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.sums.measures import MINUTES, Measure, measure
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.scopes import Scopes
from docsync.parser.statements import plain, statements

_GUESS = r"(?:estimated|est\.?|planned|budgeted)\s"
_KEY = re.compile(rf"(?:{_GUESS})?(?:total|overall)\s(?:{_GUESS})?(?:time|duration|effort|hours)(?:\sestimate)?", re.IGNORECASE)
_COLUMN = re.compile(rf"(?:{_GUESS})?(?:time|duration|effort|hours)(?:\sestimate)?|estimates?", re.IGNORECASE)
_GUESSED = re.compile(r"\b(?:est|plan|budget)", re.IGNORECASE)
_TOTAL = re.compile(r"\W*(?:grand\s)?total\W*", re.IGNORECASE)
_VALUE = re.compile(r"[~≈]?\s?\d[^;|(\n]{0,30}")
_NARROW = re.compile(
    r"\d|\b(?:remaining|left|mvp|per|parallel\w*|sequential|if|with|without|team|saved|original|revised|new|phase|sprint|wave|option)\b",
    re.IGNORECASE,
)
_FEWEST: Final = 2
_MOST: Final = 6
"""Of how many totals at most: a document with more gives them for its parts."""


class _Total(Struct, frozen=True):
    """Hold a duration that is given for everything; `guessed` where it is an estimate."""

    found: Measure
    label: str
    guessed: bool
    index: int


def repeated_durations(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each duration of all the work that others of the same sort reject or bear out."""
    totals = list(_totals(source)) if "otal" in source.folded else []
    for guessed in (True, False):
        same = [total for total in totals if total.guessed is guessed]
        if _FEWEST <= len(same) <= _MOST:
            yield from _ties(same, source.scopes)


def _totals(source: TieSource) -> Iterator[_Total]:
    moment = source.scopes.file.as_of
    lines = [(index, block) for index, block in source.lines if "otal" in block.inline.text]
    for index, block in sorted([*lines, *source.tables], key=itemgetter(0)):
        for total in _of_table(block, index) if isinstance(block, Table) else _of_lines(block, index):
            if source.scopes.of(index).as_of == moment and not _is_narrow(source, index):
                yield total


def _is_narrow(source: TieSource, index: int) -> bool:
    """Tell whether the headings below the title set a part of the work apart, or a case of it."""
    scope = source.scopes.of(index)
    return any(_NARROW.search(text) for text in (*scope.headings[1:], scope.lead))


def _of_lines(block: Paragraph | ListItem, index: int) -> Iterator[_Total]:
    for statement in statements(block.inline):
        key = plain(statement.key)
        if _KEY.fullmatch(key) and (value := _VALUE.search(statement.text, statement.value, statement.end)):
            at = block.inline.span(value.start(), value.end()).start
            if (found := measure(value[0].rstrip(" *."), at)) and _is_time(found):
                yield _Total(found, key, _GUESSED.search(key) is not None, index)


def _of_table(table: Table, index: int) -> Iterator[_Total]:
    headers = [plain(cell.text) for cell in table.header.cells]
    columns = [at for at, header in enumerate(headers) if at and _COLUMN.fullmatch(header)]
    if len(columns) != 1:
        return
    totals = [row for row in table.rows if _TOTAL.fullmatch(row.cells[0].text)]
    cell = totals[0].cells[columns[0]] if len(totals) == 1 else None
    if cell is not None and (found := measure(cell.text, cell.span.start)) and _is_time(found):
        yield _Total(found, "Total", _GUESSED.search(headers[columns[0]]) is not None, index)


def _is_time(found: Measure) -> bool:
    return found.unit == MINUTES and found.whole is None and not found.signed and not found.at_most and found.low > 0


def _ties(totals: Sequence[_Total], scopes: Scopes) -> Iterator[Tie]:
    """Hold each total against the one that most of them give, of equally many the last."""
    votes = Counter(total.found.number.value * total.found.factor for total in totals)
    usual = max(totals, key=lambda total: (votes[total.found.number.value * total.found.factor], total.index))
    agreeing = tuple(total for total in totals if total.found.low <= usual.found.high and usual.found.low <= total.found.high)
    for total in totals:
        others = tuple(_part(other) for other in (agreeing if total not in agreeing else totals) if other is not total)
        low, high = usual.found.low / total.found.factor, usual.found.high / total.found.factor
        if total in agreeing:
            low = high = total.found.number.value
        if others:
            why = "both are of all the work that the document is about"
            span, scope = total.found.number.span, scopes.of(total.index)
            yield Tie(TieKind.REPEATED, total.found.number, span, others, low, high, _unit(total), scope, why=(why,))


def _part(total: _Total) -> Part:
    value = total.found.number.value
    return Part(total.found.number.span, total.label, value * total.found.factor, value * total.found.factor)


def _unit(total: _Total) -> str:
    return "minutes" if total.found.factor == 1 else "hours"
