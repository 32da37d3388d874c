"""Which totals stand below what they add up: the last item of a list, a line under a list, listing or table."""

from __future__ import annotations

import re

from docsync.models.blocks import Cell, Fence, ListItem, Paragraph, Table
from docsync.models.claims import Scope
from docsync.models.ties import Tie
from docsync.parser.claims.sums.entries import Count, Entry
from docsync.parser.claims.sums.measures import measure, singular
from docsync.parser.claims.sums.outline import Outline, block_entry, entries_of, fence_groups, list_items
from docsync.parser.claims.sums.rows import Rank, read_rows
from docsync.parser.claims.sums.spelled import Group, announces, spelled
from docsync.parser.statements import plain

_TOTAL = re.compile(r"\W*(?:(?:grand|overall|combined|project)\s)?totals?\b", re.IGNORECASE)


def may_be_total(text: str) -> bool:
    """Tell whether a text may state a total, before it is read."""
    return ("otal" in text or "OTAL" in text) and any(map(_TOTAL.match, text.split("\n")))


def is_total(entry: Entry) -> bool:
    """Tell whether a line states a total."""
    return _TOTAL.match(entry.label) is not None


def totals_below(outline: Outline, index: int, scope: Scope) -> list[Tie]:
    """Give the ties of a line that states a total of what stands right above it."""
    block = outline.blocks[index]
    if not isinstance(block, ListItem | Paragraph) or not may_be_total(block.inline.text):
        return []
    if isinstance(block, ListItem):
        return _last_item(outline, index, block, scope)
    totals = [entry for entry in entries_of(block) if is_total(entry) and announces(entry)]
    found = [tie for total in totals for tie in _under(outline, total, index, scope)]
    # Of several totals one may be of another list: `Total new code`, `Total changed code`.
    return found if len(totals) == 1 else [tie for tie in found if tie.holds]


def _last_item(outline: Outline, index: int, block: ListItem, scope: Scope) -> list[Tie]:
    entry = block_entry(block)
    if entry is None or not is_total(entry) or not announces(entry):
        return []
    siblings = list_items(outline, index)
    if siblings[-1] != index:
        return []
    above = [item for at in siblings[:-1] if (item := block_entry(outline.blocks[at]))]
    return spelled(entry, [Group(above, "the items above it")], scope)


def _under(outline: Outline, total: Entry, index: int, scope: Scope) -> list[Tie]:
    at = index - 1
    while at > 0 and outline.blocks[at].item >= 0:
        at = outline.blocks[at].item
    block = outline.blocks[at] if at >= 0 else None
    if isinstance(block, Table):
        return list(_under_table(total, block, scope))
    if isinstance(block, Fence):
        return spelled(total, [Group(group, "the lines of the listing above it") for group in fence_groups(block)], scope)
    if isinstance(block, ListItem):
        own = [item for found in list_items(outline, at) if (item := block_entry(outline.blocks[found]))]
        found = spelled(total, [Group([item for item in own if not is_total(item)], "the items of the list above it")], scope)
        return found if not _continues(outline, at) else [tie for tie in found if tie.holds]
    return []


def _continues(outline: Outline, at: int) -> bool:
    """Tell whether a list goes on where an earlier section's list ended, so that a total below may be of both."""
    first = outline.blocks[list_items(outline, at)[0]]
    return isinstance(first, ListItem) and first.number is not None and first.number > 1


def _under_table(total: Entry, table: Table, scope: Scope) -> list[Tie]:
    """Compare a line with the column of its noun in the table above it, each row read like a line of a list."""
    lines = read_rows(table)
    if any(line.rank is not Rank.ITEM or line.omits for line in lines):
        return []
    nouns = [singular(plain(cell.text).lower()) for cell in table.header.cells]
    found: list[Tie] = []
    for count in total.counts:
        if count.noun in nouns[1:]:
            at = nouns.index(count.noun)
            entries = [_cell_entry(line.label, line.row.cells[at], count.noun) for line in lines]
            found += spelled(Entry(total.label, (count,)), [Group(entries, "the rows of the table above it")], scope)
    return found


def _cell_entry(label: str, cell: Cell, noun: str) -> Entry:
    found = measure(cell.text, cell.span.start)
    return Entry(label, (Count(found, noun),) if found else ())
