"""What a reader of ties is given: one file on its way through the per-file stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from docsync.models.blocks import Blocks
from docsync.models.ties import Tie
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.vocabulary import Vocabulary
from docsync.text.source import SourceFile


@dataclass(frozen=True, slots=True)
class TieSource:
    """Hold a file's text, blocks, scopes and words; `generated` covers what stands between the markers of regions."""

    source: SourceFile
    blocks: Blocks
    scopes: Scopes
    vocabulary: Vocabulary
    generated: Coverage


TieReader: TypeAlias = Callable[[TieSource], Iterator[Tie]]
"""Give the ties of one mechanism, in any order; what is generated, struck out or a template holds none."""
