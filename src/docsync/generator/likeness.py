"""Whether what stands in a region can be what its view wrote there, by the sorts of blocks that it is made of.

Records change what a view's tables, lists and sentences say and how many rows they have, but seldom what follows what: a
paragraph where the view gives a table, or below it, was written by somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby, pairwise
from typing import Final, TypeAlias

from docsync.generator.catalogue import QUERIED, Catalogue
from docsync.generator.meaning import parse, said
from docsync.models.blocks import Block, Blocks, Fence, ListItem, Paragraph, Table
from docsync.models.document import Region

_Sort: TypeAlias = "tuple[object, ...]"
_Run: TypeAlias = "tuple[_Sort, int]"

_TABLE: Final = Table.__name__
_UNCOUNTED: Final = (_TABLE, ListItem.__name__)
"""Sorts of blocks of which a view writes as many as there are records."""
_TEXT: Final = (Paragraph.__name__, 0, False)


def sentences(catalogue: Catalogue, region: Region) -> frozenset[str]:
    """Give what a region's view writes word by word, in a case where it has nothing to show, say."""
    view = catalogue.views.get(region.view or QUERIED)
    texts = (catalogue.builtin if view.builtin else catalogue.project) if view else {}
    lines = texts.get(view.file, "").split("\n") if view else ()
    return frozenset(said(line) for line in (*lines, *region.attributes.values()) if line.strip())


def alike(present: str, rendered: str, known: Collection[str]) -> bool:
    """Tell whether two texts without prefix have the same sorts of blocks after each other, `known` sentences left out.

    Of tables and list items there may be more or fewer, of groups of blocks that repeat, too. Where the view gives nothing but
    sentences that are known, it may have given a table before.
    """
    one, other = _runs(present, known), _runs(rendered, known)
    if not other:
        return all(sort[0] == _TABLE for sort, _ in one)
    return not one or _neighbours(one) <= _neighbours(other)


def _neighbours(runs: list[_Run]) -> set[tuple[_Run | None, _Run | None]]:
    return set(pairwise((None, *runs, None)))


def _runs(text: str, known: Collection[str]) -> list[_Run]:
    found = []
    for sort, same in groupby(_sorts(text, known)):
        length = sum(1 for _ in same)
        found.append((sort, 0 if sort[0] in _UNCOUNTED else length))
    return found


def _sorts(text: str, known: Collection[str]) -> Iterator[_Sort]:
    blocks = parse(text)
    for block in blocks:
        if not (isinstance(block, Paragraph) and said(block.inline.text) in known):
            yield _sort(block)
        if isinstance(block, Table) and any("|" not in text[row.span.start : row.span.end] for row in block.rows):
            yield _TEXT  # a line right below a table is a row of it to Markdown, and a sentence to who wrote it
    if _beside(text, blocks):
        yield _TEXT


def _sort(block: Block) -> _Sort:
    if isinstance(block, ListItem):
        return (type(block).__name__, block.quote)
    info = (block.info,) if isinstance(block, Fence) else ()
    return (type(block).__name__, block.quote, block.item >= 0, *info)


def _beside(text: str, blocks: Blocks) -> bool:
    """Tell whether there are words that no block holds, such as the definition of a link."""
    at = 0
    for block in blocks:
        if any(sign.isalnum() for sign in text[at : block.span.start]):
            return True
        at = max(at, block.span.end)
    return any(sign.isalnum() for sign in text[at:])
