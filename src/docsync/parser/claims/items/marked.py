"""Which counts speak of the tasks that bear a marker: `45 tasks marked with [P]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from docsync.models.blocks import Inline, ListItem, Paragraph
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.boxes import Box, read_boxes
from docsync.parser.claims.numbers import amount_at
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import change_of
from docsync.parser.masking import mask
from docsync.parser.statements import Statement, statements

_FEWEST = 3
_MOST = 12
_MARKER = re.compile(r"\[(?P<marker>[A-Z][A-Za-z]?\d{0,2})\](?!\()")
_MARKED = re.compile(r"\bmark(?:ed|er|s)\b|\bflagged\b|\btagged\b|\blabell?ed\b", re.IGNORECASE)
_COUNT = re.compile(
    r"(?<![\w.,/:$#=+–—&%~-])(?P<count>\d{1,4})\s+(?:[A-Za-z-]+\s+){0,2}?(?P<noun>tasks|items)\b", re.IGNORECASE
)


def marked_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between stated numbers of marked tasks and the boxes that bear the marker."""
    claims = list(_claims(source))
    if not claims:
        return
    boxes = [box for box in read_boxes(source) if box.name]
    for statement, count, marker, index in claims:
        held = [box for box in boxes if marker in box.markers]
        if len(held) >= _FEWEST and (tie := _tie(source, statement, count, marker, held, index)):
            yield tie


def _claims(source: TieSource) -> Iterator[tuple[Statement, re.Match[str], str, int]]:
    for index, block in enumerate(source.blocks):
        if not isinstance(block, Paragraph | ListItem) or (isinstance(block, ListItem) and block.mark is not None):
            continue
        if "[" in block.inline.text and source.scopes.on(index).as_of == source.scopes.file.as_of:
            if not source.generated.holds(block.span):
                yield from ((*found, index) for found in _read(block.inline))


def _read(inline: Inline) -> Iterator[tuple[Statement, re.Match[str], str]]:
    for line in statements(inline):
        raw = inline.text[line.start : line.end]
        markers = {found["marker"] for found in _MARKER.finditer(raw)}
        counts = list(_COUNT.finditer(mask(raw)))
        if len(markers) == 1 and len(counts) == 1 and _MARKED.search(raw):
            at = _COUNT.search(line.text, line.start, line.end)
            if at:
                yield line, at, markers.pop()


def _tie(
    source: TieSource, statement: Statement, count: re.Match[str], marker: str, held: Sequence[Box], index: int
) -> Tie | None:
    amount = amount_at(statement.inline, statement.text, *count.span("count"))
    if amount is None or not amount.number.exact or change_of(statement, *count.span("count"), ""):
        return None
    found = Decimal(len({box.name for box in held}))
    at = source.blocks[index].span.start
    before = Decimal(len({box.name for box in held if box.span.start < at}))  # what was added later may be left out
    parts = tuple(Part(box.span, box.name, Decimal(1), Decimal(1)) for box in held[:_MOST])
    why = (f"{found} boxes with ids bear [{marker}]",)
    span = statement.inline.span(*count.span("count"))
    return Tie(
        TieKind.ITEMS,
        amount.number,
        span,
        parts,
        min(found, before or found),
        found,
        f"tasks marked [{marker}]",
        source.scopes.on(index),
        why=why,
    )
