"""Which fractions say that all of something is covered, right above the table that lists it: `Coverage: 17 / 17`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docsync.models.blocks import Table
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.layout import Group, Layout
from docsync.parser.claims.items.shapes import Shape
from docsync.parser.claims.numbers import amounts
from docsync.parser.masking import mask

_ALL = re.compile(r"\b(?:every|each|all|coverage|covered|mapped)\b", re.IGNORECASE)
_MOST_OFF = Decimal("0.2")


def covered_items(layout: Layout) -> Iterator[Tie]:
    """Give the ties between such fractions and the rows, which must all bear ids."""
    for index, block in layout.source.blocks.paragraphs:
        if "/" not in block.inline.text or not _is_over_table(layout, index) or layout.source.generated.holds(block.span):
            continue
        text = mask(block.inline.text)
        found = [one for one in amounts(block.inline, text, 0, len(text)) if one.sign == "/"] if _ALL.search(text) else []
        scope = layout.source.scopes.of(index)
        if len(found) != 1 or not scope.comparable:
            continue
        group = layout.after(index)
        if group is None or group.kind != "table" or not _lists_ids(group):
            continue
        one, rows = found[0], Decimal(len(group.items))
        if (
            one.total
            and one.total.value == one.number.value
            and abs(rows - one.total.value) <= max(Decimal(1), _MOST_OFF * rows)
        ):
            parts = tuple(Part(item.span, item.label, Decimal(1), Decimal(1)) for item in group.items)
            span = block.inline.span(one.start, one.end)
            why = (f"the table right below has {rows} rows, each with an id, and the fraction says that all are covered",)
            yield Tie(TieKind.ITEMS, one.total, span, parts, rows, rows, "", scope, why=why)


def _is_over_table(layout: Layout, index: int) -> bool:
    return index + 1 < len(layout.blocks) and isinstance(layout.blocks[index + 1], Table)


def _lists_ids(group: Group) -> bool:
    names = {item.names for item in group.items}
    return all(item.shape is Shape.ID and len(item.names) == 1 for item in group.items) and len(names) == len(group.items)
