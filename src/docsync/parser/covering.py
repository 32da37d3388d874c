"""Which block a comment speaks of: the next one beside it."""

from __future__ import annotations

from collections.abc import Mapping

from docsync.models.blocks import Block, Blocks, Comment, ListItem
from docsync.text.spans import Span


class Covering:
    """Hold what stands after each comment, for many look-ups in one document."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._next = _next_blocks(blocks)
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

    def _list_end(self, item: ListItem) -> int:
        if self._list_ends is None:
            self._list_ends = {block.list_start: block.span.end for block in self._blocks if isinstance(block, ListItem)}
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
