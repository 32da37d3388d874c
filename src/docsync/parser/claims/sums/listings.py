"""Which counts are announced above what spells them out: a heading over its parts, a line over a list or listing."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.blocks import Fence, Heading, ListItem, Paragraph
from docsync.models.claims import TEMPLATE, Scope
from docsync.models.ties import Tie
from docsync.parser.claims.sums.entries import Entry
from docsync.parser.claims.sums.outline import Outline, block_entry, fence_groups, last_entry, list_items, read_outline
from docsync.parser.claims.sums.spelled import Group, announces, spelled
from docsync.parser.claims.sums.totals_below import is_total, totals_below
from docsync.parser.claims.tie_source import TieSource


def listed_counts(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each announced count whose parts are spelled out."""
    outline = read_outline(source.blocks)
    for index, block in enumerate(source.blocks):
        if isinstance(block, Heading | Paragraph | ListItem) and not source.generated.holds(block.span):
            scope = source.scopes.of(index)
            if scope.as_of != TEMPLATE:
                yield from _announced(outline, index, scope)
                yield from totals_below(outline, index, scope)


def _announced(outline: Outline, index: int, scope: Scope) -> list[Tie]:
    block = outline.blocks[index]
    if isinstance(block, Paragraph):
        entry = last_entry(block)
        return _over(outline, entry, index + 1, scope) if entry and _introduces(entry) and announces(entry) else []
    entry = block_entry(block)
    if entry is None or not announces(entry) or is_total(entry):
        return []
    if isinstance(block, ListItem):
        inner = index + 1 < len(outline.blocks) and outline.blocks[index + 1].item == index
        return _over(outline, entry, index + 1, scope) if inner else []
    return _over_parts(outline, entry, index, scope) or _over(outline, entry, index + 1, scope)


def _over_parts(outline: Outline, entry: Entry, index: int, scope: Scope) -> list[Tie]:
    """Compare a heading with the headings right below it."""
    parts = [part for at in outline.below.get(index, ()) if (part := block_entry(outline.blocks[at]))]
    return spelled(entry, [Group(parts, "the headings right below it")], scope)


def _introduces(entry: Entry) -> bool:
    text = entry.label.strip()
    return text.rstrip(" *_").endswith((":", "：")) or (text.startswith("**") and text.endswith("**"))


def _over(outline: Outline, entry: Entry, at: int, scope: Scope) -> list[Tie]:
    """Compare a line with the list or listing that begins right below it."""
    block = outline.blocks[at] if at < len(outline.blocks) else None
    if isinstance(block, Fence):
        return spelled(entry, [Group(group, "the lines of the listing below it") for group in fence_groups(block)], scope)
    if isinstance(block, ListItem):
        items = [item for found in list_items(outline, at) if (item := block_entry(outline.blocks[found]))]
        return spelled(entry, [Group([item for item in items if not is_total(item)], "the items of the list below it")], scope)
    return []
