"""Which counts speak of the tasks that bear a marker: `45 tasks marked with [P]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct

from docsync.models.blocks import Inline, ListItem
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.boxes import Box, has_boxes, is_box, read_boxes
from docsync.parser.claims.numbers import amount_at
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import change_of
from docsync.parser.claims.traps import is_label
from docsync.parser.statements import Statement, statements

_FEWEST = 3
_MOST_CLAIMS = 40
_MOST = 12
_MARKER = re.compile(r"\[(?P<marker>[A-Z][A-Za-z]?\d{0,2})\](?!\()")
_MARKED = re.compile(r"\bmark(?:ed|er|s)\b|\bflagged\b|\btagged\b|\blabell?ed\b", re.IGNORECASE)
_COUNT = re.compile(
    r"(?<![\w.,/:$#=+–—&%~-])(?P<count>\d{1,4})\s+(?:[A-Za-z-]+\s+){0,2}?(?P<noun>tasks|items)\b", re.IGNORECASE
)


class _Claim(Struct, frozen=True):
    statement: Statement
    count: re.Match[str]
    marker: str
    index: int


def marked_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between stated numbers of marked tasks and the boxes that bear the marker."""
    claims = list(islice(_claims(source), _MOST_CLAIMS)) if has_boxes(source, _FEWEST) else []
    if not claims:
        return
    boxes = [box for box in read_boxes(source) if box.name]
    for claim in claims:
        held = [box for box in boxes if claim.marker in box.markers]
        if len(held) >= _FEWEST and (tie := _tie(source, claim, held)):
            yield tie


def _claims(source: TieSource) -> Iterator[_Claim]:
    moment = source.scopes.file.as_of
    for index, block in source.lines:
        mark = block.mark if isinstance(block, ListItem) else None
        if is_box(mark) or not (mark or "[" in block.inline.text) or source.scopes.on(index).as_of != moment:
            continue
        for statement, count, marker in _read(block.inline, mark or ""):
            yield _Claim(statement, count, marker, index)


def _read(inline: Inline, mark: str) -> Iterator[tuple[Statement, re.Match[str], str]]:
    for line in statements(inline):
        raw = inline.text[line.start : line.end]
        markers = {found["marker"] for found in _MARKER.finditer(raw)} or ({mark} if mark else set())
        counts = list(_COUNT.finditer(line.text, line.start, line.end))
        if len(markers) == 1 and len(counts) == 1 and _MARKED.search(raw):
            yield line, counts[0], markers.pop()


def _tie(source: TieSource, claim: _Claim, held: Sequence[Box]) -> Tie | None:
    statement, (start, end) = claim.statement, claim.count.span("count")
    amount = amount_at(statement.inline, statement.text, start, end)
    if amount is None or not amount.number.exact or is_label(statement.text, start, statement.start, source.vocabulary):
        return None
    if change_of(statement, start, end, ""):
        return None
    found = Decimal(len({box.name for box in held}))
    at = source.blocks[claim.index].span.start
    before = Decimal(len({box.name for box in held if box.span.start < at}))  # what was added later may be left out
    low = min(found, before or found)
    above = f", {low} of them above it" if low < found else ""
    return Tie(
        TieKind.ITEMS,
        amount.number,
        statement.inline.span(start, end),
        tuple(Part(box.span, box.name, Decimal(1), Decimal(1)) for box in held[:_MOST]),
        low,
        found,
        f"tasks marked [{claim.marker}]",
        source.scopes.on(claim.index),
        why=(f"{found} boxes with ids bear [{claim.marker}]{above}",),
    )
