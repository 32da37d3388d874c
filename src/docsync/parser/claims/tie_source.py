"""What a reader of ties is given: one file on its way through the per-file stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from docsync.models.blocks import Blocks, Fence, Html, ListItem, Paragraph, Table, Text
from docsync.models.ties import Tie
from docsync.parser.claims.sums.outline import Outline, read_outline
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.vocabulary import Vocabulary
from docsync.text.source import SourceFile


class TieSource(Struct, frozen=True, dict=True):
    """Hold a file's text, blocks, scopes and words; `generated` covers what stands between the markers of regions."""

    source: SourceFile
    blocks: Blocks
    scopes: Scopes
    vocabulary: Vocabulary
    generated: Coverage

    @cached_property
    def counting(self) -> tuple[tuple[int, Text | Table | Fence | Html], ...]:
        """Give the blocks that can hold a count, with their indexes: tables, and others with a digit, none of them generated.

        Most blocks hold none, so the readers that look for one go through these.
        """
        return tuple((index, block) for index, block in self.blocks.numbered if not self.generated.holds(block.span))

    @cached_property
    def lines(self) -> tuple[tuple[int, Paragraph | ListItem], ...]:
        """Give the paragraphs and items that can, none of them generated."""
        return tuple((index, block) for index, block in self.blocks.lines if not self.generated.holds(block.span))

    @cached_property
    def tables(self) -> tuple[tuple[int, Table], ...]:
        """Give the tables that are not generated."""
        return tuple((index, table) for index, table in self.blocks.tables if not self.generated.holds(table.span))

    @cached_property
    def folded(self) -> str:
        """Give the whole file's text without regard to case, for telling which words it holds nowhere."""
        return self.source.text.casefold()

    @cached_property
    def outline(self) -> Outline:
        """Give what stands below each heading, and the items of each list."""
        return read_outline(self.blocks)


TieReader: TypeAlias = Callable[[TieSource], Iterator[Tie]]
"""Give the ties of one mechanism, in any order; what is generated, struck out or a template holds none."""
