"""What a reader of ties is given: one file on its way through the per-file stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from docsync.models.blocks import Block, Blocks, Comment, Rule, Table
from docsync.models.ties import Tie
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.vocabulary import Vocabulary
from docsync.text.source import SourceFile

_DIGIT = re.compile(r"\d")


class TieSource(Struct, frozen=True, dict=True):
    """Hold a file's text, blocks, scopes and words; `generated` covers what stands between the markers of regions."""

    source: SourceFile
    blocks: Blocks
    scopes: Scopes
    vocabulary: Vocabulary
    generated: Coverage

    @cached_property
    def counting(self) -> tuple[tuple[int, Block], ...]:
        """Give the blocks that can hold a count, with their indexes: tables, and others with a digit, none of them generated.

        Most blocks hold none, so the readers that look for one go through these.
        """
        return tuple(
            (index, block)
            for index, block in enumerate(self.blocks)
            if _may_count(block) and not self.generated.holds(block.span)
        )


def _may_count(block: Block) -> bool:
    return isinstance(block, Table) or (not isinstance(block, Comment | Rule) and _DIGIT.search(block.inline.text) is not None)


TieReader: TypeAlias = Callable[[TieSource], Iterator[Tie]]
"""Give the ties of one mechanism, in any order; what is generated, struck out or a template holds none."""
