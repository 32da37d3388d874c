"""Which documents may become homes, read so that any number of declarations can be tried on them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.engine.reading import file_bytes
from docsync.models.blocks import Blocks
from docsync.models.document import DocumentFacts, FrontMatter
from docsync.models.records import Record
from docsync.models.schema import HomeRule
from docsync.parser.blocks import parse_blocks
from docsync.parser.foreign import foreign
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.records import read_records
from docsync.parser.regions import read_markers
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode
from docsync.text.spans import Span

_PAST: Final = re.compile(
    r"(?:^|/)(?:_?archives?d?|old|legacy|backups?|history|templates?|examples?|samples?|node_modules|vendor)(?:/|$)"
    r"|(?:^|/)\.(?:claude|github|cursor|gemini|codex|agents?)/|(?:^|/)(?:claude|agents|gemini)\.md$"
    r"|(?:^|/)[^/]*(?:template|example|changelog|retrospective|instructions)[^/]*$",
    re.IGNORECASE,
)
"""Where documents lie that tell of the past, are to be filled in or instruct an agent: they are no plan that is kept true."""


class Page(Struct, frozen=True):
    """Hold one document on which declarations are tried."""

    source: SourceFile
    front_matter: FrontMatter | None
    blocks: Blocks
    generated: tuple[Span, ...]

    @property
    def path(self) -> str:
        """Give the document's path."""
        return self.source.path

    def records(self, config: Config, *homes: HomeRule) -> tuple[Record, ...]:
        """Give the records that the document would be the home of."""
        trial = replace(config, homes=homes)
        return read_records(self.source, self.blocks, self.front_matter, trial, self.generated).records


def pages(root: str, config: Config, documents: Mapping[str, DocumentFacts]) -> Iterator[Page]:
    """Give the living documents that declare nothing yet; one that was decoded wrongly is none, its spans would mislead."""
    for path, document in documents.items():
        if document.refused or document.moment or document.records or _PAST.search(path):
            continue
        if page := _page(root, path, config):
            yield page


def _page(root: str, path: str, config: Config) -> Page | None:
    try:
        source = decode(path, file_bytes(root, os.fspath(path), config.max_file_size), max_bytes=config.max_file_size)
        front_matter, _ = read_front_matter(source)
    except Refusal:
        return None
    blocks = parse_blocks(source, front_matter.span.end if front_matter else 0)
    regions = (region.body for region in read_markers(source, blocks).regions)
    return Page(source, front_matter, blocks, (*regions, *(blocks[index].span for index in foreign(blocks))))
