"""What the readers of homes know of a file."""

from __future__ import annotations

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.blocks import Blocks
from docsync.models.document import FrontMatter
from docsync.text.source import SourceFile


class Page(Struct, frozen=True):
    """Hold one file; `skip` tells which of its blocks are generated, and so no home of anything."""

    source: SourceFile
    blocks: Blocks
    front_matter: FrontMatter | None
    config: Config
    skip: tuple[bool, ...]


def title_index(blocks: Blocks) -> int:
    """Give the index of the heading that is a document's title: the first of level 1, else the first; -1 without any."""
    headings = [(block.level != 1, index) for index, block in blocks.headings if block.item < 0 and not block.quote]
    return min(headings)[1] if headings else -1
