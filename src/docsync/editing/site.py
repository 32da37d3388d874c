"""Where a change is made: one record in the text that is its home, with what else is known of how its kind is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from docsync.config.values import Config
from docsync.editing.errors import Uneditable
from docsync.models.blocks import Blocks, Heading, ListItem
from docsync.models.document import DocumentFacts
from docsync.models.records import Field, Home, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec
from docsync.parser.blocks import parse_blocks
from docsync.parser.document import read_document
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile
from docsync.text.spans import Span


class Site(Struct, frozen=True, dict=True):
    """Hold a record with its document; `others` are further records of the project, to learn from how they are written.

    `way` tells how many places for something new were tried already, and did not do.
    """

    source: SourceFile
    facts: DocumentFacts
    record: Record
    config: Config
    others: tuple[Record, ...] = ()
    way: int = 0

    @property
    def spec(self) -> KindSpec:
        """Give what the record's kind looks like."""
        return self.config.kinds[self.record.kind]

    @cached_property
    def blocks(self) -> Blocks:
        """Give the blocks of the document."""
        return blocks_of(self.source, self.facts)

    @property
    def in_front_matter(self) -> bool:
        """Tell whether the record's fields are keys of front matter."""
        return self.record.home is Home.FILE and self.facts.front_matter is not None

    @property
    def where(self) -> str:
        """Name the record's home for a message."""
        return f"{self.source.path}:{self.source.lines.line(self.record.span.start)}"

    def field(self, name: str) -> FieldSpec:
        """Describe a field; one that the kind does not know is text."""
        return self.spec.fields.get(name) or FieldSpec(name, FieldType.TEXT)

    def written(self, name: str) -> Field | None:
        """Give a field as the home itself writes it; what follows from where the home stands is not written."""
        found = self.record.fields.get(name)
        return None if found is None or (found.span == found.key_span and name != "status") else found

    def tiers(self) -> Iterator[tuple[Record, ...]]:
        """Give the records of the same kind whose writing is a model, nearest first: beside it, of its form, any."""
        here = tuple(one for one in self.facts.records if one.kind == self.record.kind)
        there = tuple(one for one in self.others if one.kind == self.record.kind and one.path != self.source.path)
        for group in (here, there):
            yield tuple(one for one in group if one.home is self.record.home)
        yield here
        yield there

    def line_start(self, offset: int) -> int:
        """Give where the line of an offset begins."""
        return self.source.lines.line_span(self.source.lines.line(offset)).start

    def line_end(self, offset: int) -> int:
        """Give where the line of an offset ends, before its line end."""
        span = self.source.lines.line_span(self.source.lines.line(offset))
        return span.start + len(self.source.slice(span).rstrip("\r\n"))

    def newline_at(self, offset: int) -> str:
        """Give the line end of an offset's line, or that of the file where the line has none."""
        span = self.source.lines.line_span(self.source.lines.line(offset))
        line = self.source.slice(span)
        return line[len(line.rstrip("\r\n")) :] or self.source.newline

    @cached_property
    def lead(self) -> Heading | ListItem | None:
        """Give the heading or list item that begins the home, None for other homes."""
        at = self.record.span
        if self.record.home is Home.ROW or not at:
            return self._title
        found = (block for block in self.blocks if isinstance(block, Heading | ListItem) and block.span.contains(at))
        return max(found, key=lambda block: block.span.start, default=None)

    @property
    def _title(self) -> Heading | None:
        headings = (block for block in self.blocks if isinstance(block, Heading))
        return next(headings, None) if self.record.home is Home.FILE else None


def read(source: SourceFile, config: Config) -> DocumentFacts:
    """Read a document; raises Uneditable where it is refused."""
    try:
        return read_document(source, config)
    except Refusal as refusal:
        line = f":{refusal.lines.line(refusal.span.start)}" if refusal.lines else ""
        raise Uneditable(f"{source.path}{line}: {refusal.message}; nothing was changed") from refusal


def blocks_of(source: SourceFile, facts: DocumentFacts) -> Blocks:
    """Give the blocks of a document behind its front matter."""
    return parse_blocks(source, facts.front_matter.span.end if facts.front_matter else 0)


def position_of(facts: DocumentFacts, record: Record) -> int:
    """Give a record's position among those of its document; raises Uneditable where it is not there any more."""
    for position, one in enumerate(facts.records):
        if one.kind == record.kind and one.id == record.id and one.span == record.span:
            return position
    raise Uneditable(f"{record.path}: {record.id} is not where it was any more; run again")


def touches_region(facts: DocumentFacts, spans: Sequence[Span]) -> str:
    """Give the id of a generated region that one of the spans lies in or reaches into, empty for none."""
    for region in facts.regions:
        whole = Span(region.begin.start, region.end.end)
        for span in spans:
            if whole.overlaps(span) or (not len(span) and whole.start < span.start < whole.end):
                return region.id
    return ""
