"""Which block each line of a text belongs to, so that a change can be proved to leave it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from docsync.editing.moves import Moves
from docsync.models.blocks import Block, Blocks, Comment, Heading, ListItem, Rule, Table


class _Belonging(Struct, frozen=True):
    """Say what a line belongs to, blocks by the offset at which they begin, -1 for none.

    `first` is the first line of the block that the change keeps: lines that were one paragraph are to stay one.
    """

    sort: str
    level: int
    quote: int
    first: int
    item: int
    section: int


def displaced(before: Blocks, moves: Moves, after: Blocks) -> int | None:
    """Give the first offset of the text before whose line would belong to another block, or to one of another sort or depth.

    What edits bring or take away is left out; None where all else stays as it is.
    """
    there = dict(_belongings(after, {at for block in after for at in _lines(block) if not moves.comes(at)}, None))
    kept = {at for block in before for at in _lines(block) if not moves.goes(at) and not moves.comes(moves.place(at))}
    here: Mapping[int, _Belonging] = dict(_belongings(before, kept, moves))
    origins = {moves.place(at): at for at in kept}
    wrong = [origins[at] for at, one in here.items() if there.get(at) != one]
    if not wrong and len(there) != len(here):
        return min(before[0].span.start, *kept) if before else 0
    return min(wrong, default=None)


def _belongings(blocks: Blocks, kept: set[int], moves: Moves | None) -> Iterator[tuple[int, _Belonging]]:
    """Give what each of the kept lines belongs to, all offsets as they will be."""
    place = moves.place if moves else _as_it_is
    starts = [place(_start(block)) for block in blocks]
    for block in blocks:
        lines = [place(at) for at in _lines(block) if at in kept]
        for at in lines:
            item = starts[block.item] if block.item >= 0 else -1
            section = starts[block.section] if block.section >= 0 else -1
            yield at, _Belonging(type(block).__name__, _level(block), block.quote, lines[0], item, section)


def _as_it_is(offset: int) -> int:
    return offset


def _start(block: Block) -> int:
    """Give the offset that stands for a block: of an item its bullet, which no words of another line can become."""
    return block.inline.whole.start if isinstance(block, Heading) else block.span.start


def _lines(block: Block) -> list[int]:
    """Give where the text of a block begins on each of its lines."""
    if isinstance(block, Table):
        return [row.span.start for row in (block.header, *block.rows)]
    if isinstance(block, Comment | Rule):
        return [block.span.start]
    return [at for _, at in block.inline.starts]


def _level(block: Block) -> int:
    if isinstance(block, ListItem):
        return block.depth
    return block.level if isinstance(block, Heading) else 0
