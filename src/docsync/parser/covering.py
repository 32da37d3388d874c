"""Which block or region a comment speaks of: the next one beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from docsync.models.blocks import Block, Blocks, Comment, ListItem
from docsync.models.document import Region
from docsync.text.spans import Span


class Covering:
    """Hold what stands after each comment, for many look-ups in one document."""

    def __init__(self, blocks: Blocks, regions: Iterable[Region] = ()) -> None:
        self._blocks = blocks
        self._next = _next_blocks(blocks)
        self._regions = _next_regions(blocks, tuple(regions))
        self._list_ends: Mapping[int, int] | None = None

    def span(self, index: int) -> Span | None:
        """Give the span of the next block in the container of the comment `index`, other comments passed over.

        Of a list that is the whole list, of a heading its own lines only. None where the container ends.
        """
        comment, at = self._blocks[index], self._next[index]
        if at < 0 or not _beside(comment, self._blocks[at]):
            return None
        block = self._blocks[at]
        return Span(block.span.start, self._list_end(block)) if isinstance(block, ListItem) else block.span

    def region(self, index: int) -> Span | None:
        """Give the span of the region, with its markers, that begins right below the comment `index`, comments passed over."""
        found = self._regions.get(index)
        return Span(found.begin.start, found.end.end) if found else None

    def _list_end(self, item: ListItem) -> int:
        if self._list_ends is None:
            self._list_ends = {block.list_start: block.span.end for _, block in self._blocks.items}
        return self._list_ends[item.list_start]


def _beside(comment: Block, block: Block) -> bool:
    # The first block of a quote beside the comment stands one quote deeper; of a list, it is an item.
    return block.item == comment.item and block.quote >= comment.quote


def _next_blocks(blocks: Blocks) -> list[int]:
    """Give for each block the index of the next one that is no comment, -1 for none."""
    following = [-1] * len(blocks)
    last = -1
    for index in range(len(blocks) - 1, -1, -1):
        following[index] = last
        if not isinstance(blocks[index], Comment):
            last = index
    return following


def _next_regions(blocks: Blocks, regions: Collection[Region]) -> Mapping[int, Region]:
    """Give for each comment that stands above a begin marker, with none but comments between, the region that begins."""
    begins = {region.begin.start: region for region in regions}
    ends = {region.end.start for region in regions}
    following: dict[int, Region] = {}
    below: tuple[int, Region] | None = None
    for index in range(len(blocks) - 1 if begins else -1, -1, -1):
        block = blocks[index]
        if below and isinstance(block, Comment) and _beside(block, blocks[below[0]]):
            following[index] = below[1]
        if block.span.start in begins:
            below = index, begins[block.span.start]
        elif not isinstance(block, Comment) or block.span.start in ends:
            below = None
    return following
