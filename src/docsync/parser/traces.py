"""What a version of a document says of records, read at a fraction of the cost of all that it states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from docsync.config.values import Config
from docsync.models.claims import Number, Quantity
from docsync.models.document import FrontMatter
from docsync.models.history import Bound, Trace
from docsync.models.records import Record
from docsync.parser.blocks import parse_blocks
from docsync.parser.document import read_document
from docsync.parser.foreign import foreign
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.homes.declared import declared
from docsync.parser.illustrations import illustrations
from docsync.parser.mending import mend
from docsync.parser.records import read_records
from docsync.parser.regions import read_markers
from docsync.text.source import SourceFile
from docsync.text.spans import Span

_BINDS: Final = "docsync:claim"
_NOWHERE: Final = Span(0, 0)
_STATUS: Final = "status"


def read_trace(source: SourceFile, config: Config) -> Trace:
    """Read a document's records and bound numbers; raises Refusal where its front matter cannot be read."""
    if _BINDS in source.text:
        facts = read_document(source, config)
        return Trace(tuple(map(_bare, facts.records)), tuple(_numbers(facts.quantities)))
    mended = mend(source)
    return Trace(tuple(map(_bare, _records(mended.meant if mended else source, config))))


def _records(source: SourceFile, config: Config) -> tuple[Record, ...]:
    front_matter, _ = read_front_matter(source)
    found = declared(source.path, front_matter, config)
    if found.whole is None and not found.parts:
        return ()
    return _declared(source, front_matter, config)


def _declared(source: SourceFile, front_matter: FrontMatter | None, config: Config) -> tuple[Record, ...]:
    start = front_matter.span.end if front_matter else 0
    blocks = parse_blocks(source, start)
    theirs = (blocks[index].span for index in foreign(blocks))
    bodies = (region.body for region in read_markers(source, blocks).regions)
    generated = (*bodies, *theirs, *illustrations(source, start))
    return read_records(source, blocks, front_matter, config, generated).records


def _bare(record: Record) -> Record:
    """Give a record without places, which move with every line above them, and of its fields as written the status alone."""
    status = record.fields.get(_STATUS)
    return replace(
        record,
        span=_NOWHERE,
        fields={_STATUS: replace(status, span=_NOWHERE, key_span=_NOWHERE)} if status else {},
        criteria=tuple(replace(each, span=_NOWHERE, mark_span=_NOWHERE) for each in record.criteria),
        problems=(),
    )


def _numbers(quantities: tuple[Quantity, ...]) -> Iterator[Bound]:
    for each in quantities:
        if each.binding:
            yield Bound(each.binding, _value(each.count), _value(each.total), _value(each.percent))


def _value(number: Number | None) -> Decimal | None:
    return number.value if number else None
