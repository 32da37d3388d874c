"""What one file states: the whole per-file stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import chain

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.blocks import Block, Blocks, Heading, ListItem, Paragraph
from docsync.models.claims import DateStamp, Form, Mention, Quantity
from docsync.models.document import DocumentFacts, FrontMatter, HeadingText
from docsync.models.references import Reference
from docsync.parser.blocks import parse_blocks
from docsync.parser.claims.bindings import bind, plain_numbers, unbound
from docsync.parser.claims.checklists import read_checklists
from docsync.parser.claims.dates import entry_dates, read_dates
from docsync.parser.claims.quantities import entry_quantities, read_quantities
from docsync.parser.claims.references.anchors import read_anchors, read_swallowed
from docsync.parser.claims.references.commits import read_commits
from docsync.parser.claims.references.positions import read_positions
from docsync.parser.claims.references.reading import read_references
from docsync.parser.claims.runs import read_runs
from docsync.parser.claims.standings import read_standings
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.ties import read_ties
from docsync.parser.coverage import Coverage
from docsync.parser.foreign import foreign
from docsync.parser.forms.entries import entry_mentions
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.homes.page import title_index
from docsync.parser.illustrations import illustrations
from docsync.parser.mending import mend, read_mended
from docsync.parser.mentions import read_mentions
from docsync.parser.records import Homes, read_records
from docsync.parser.regions import Markers, read_markers
from docsync.parser.scopes import Scopes
from docsync.parser.statements import plain
from docsync.parser.vocabulary import Vocabulary, vocabulary
from docsync.text.source import SourceFile


class _Text(Struct, frozen=True):
    """Hold a document on its way through the readers of claims; `generated` is what tools write, or an example."""

    source: SourceFile
    front_matter: FrontMatter | None
    blocks: Blocks
    scopes: Scopes
    words: Vocabulary
    generated: Coverage


def read_document(source: SourceFile, config: Config) -> DocumentFacts:
    """Read all that a file states.

    Text inside regions, docsync's and other tools', is generated and states nothing; text that was decoded wrongly is
    understood as it was meant. Raises Refusal where the front matter cannot be read.
    """
    mended = mend(source)
    if mended is None:
        return _read(source, config)
    return read_mended(mended, lambda meant: _read(meant, config), _digest(source))


def _read(source: SourceFile, config: Config) -> DocumentFacts:
    front_matter, faults = read_front_matter(source)
    start = front_matter.span.end if front_matter else 0
    blocks = parse_blocks(source, start)
    markers = read_markers(source, blocks)
    theirs = (blocks[index].span for index in foreign(blocks))
    generated = (*(region.body for region in markers.regions), *theirs, *illustrations(source, start))
    words = vocabulary(config)
    text = _Text(source, front_matter, blocks, Scopes(source, blocks, front_matter, words), words, Coverage(generated))
    homes = read_records(source, blocks, front_matter, config, generated)
    quantities = _quantities(text, homes, markers)
    idle = unbound(quantities, markers.bindings)
    return DocumentFacts(
        path=source.path,
        digest=_digest(source),
        newline=source.newline,
        lines=source.lines,
        title=_title(front_matter, blocks),
        front_matter=front_matter,
        headings=tuple(_headings(blocks)),
        records=homes.records,
        mentions=_mentions(text, homes),
        quantities=quantities,
        dates=_dates(text),
        checklists=tuple(read_checklists(blocks, text.scopes, text.generated)),
        ties=tuple(read_ties(TieSource(source, blocks, text.scopes, words, text.generated))),
        references=_references(text),
        positions=tuple(read_positions(blocks, text.scopes, text.generated)),
        anchors=tuple(read_anchors(blocks)),
        swallowed=tuple(read_swallowed(blocks)),
        moment=text.scopes.file.as_of,
        standings=tuple(read_standings(blocks, text.scopes, words, text.generated)),
        runs=tuple(read_runs(blocks, text.scopes, text.generated)),
        regions=markers.regions,
        suppressions=markers.suppressions,
        troubles=tuple(sorted((*faults, *markers.troubles, *homes.troubles, *idle), key=lambda trouble: trouble.span)),
    )


def _digest(source: SourceFile) -> str:
    return blake2b(source.encode(), digest_size=16).hexdigest()


def _title(front_matter: FrontMatter | None, blocks: Blocks) -> str:
    entry = front_matter.entries.get("title") if front_matter else None
    if entry and isinstance(entry.value, str | int | float) and (written := str(entry.value).strip()):
        return written
    at = title_index(blocks)
    heading = blocks[at] if at >= 0 else None
    return plain(heading.inline.text) if isinstance(heading, Heading) else ""


def _headings(blocks: Blocks) -> Iterator[HeadingText]:
    for _, block in blocks.headings:
        yield HeadingText(block.level, plain(block.inline.text), block.inline.whole)


def _mentions(text: _Text, homes: Homes) -> tuple[Mention, ...]:
    """Give what is said of records outside their homes."""
    covered = Coverage(homes.covered)
    entries = entry_mentions(text.front_matter, text.scopes.file, text.words) if text.front_matter else ()
    found = chain(entries, read_mentions(text.blocks, text.scopes, text.words, text.generated))
    return tuple(mention for mention in found if not covered.holds(mention.span))


def _quantities(text: _Text, homes: Homes, markers: Markers) -> tuple[Quantity, ...]:
    """Give the quantities with their bindings; the values of fields are none, unless they are bound.

    A heading is its record's own, but a count in it is a claim like any other: `Gate 2: Base (3/5)`.
    """
    covered = Coverage(homes.covered)
    entries = text.front_matter.entries.values() if text.front_matter else ()
    found = list(
        chain(
            *(entry_quantities(entry, text.source.text, text.scopes.file, text.words) for entry in entries),
            read_quantities(text.blocks, text.scopes, text.words, text.generated),
        )
    )
    bound = bind([*found, *_plain_numbers(text, found, markers)], markers.bindings)
    return tuple(
        quantity for quantity in bound if quantity.binding or quantity.form is Form.HEADING or not covered.holds(quantity.span)
    )


def _plain_numbers(text: _Text, found: Sequence[Quantity], markers: Markers) -> Iterator[Quantity]:
    """Give the numbers of bound blocks that claim nothing by themselves."""
    bound = {binding.covers for binding in markers.bindings}
    for index, block in enumerate(text.blocks) if bound else ():
        if isinstance(block, Heading | Paragraph | ListItem) and any(span.contains(block.span) for span in bound):
            scope = text.scopes.within(index) if isinstance(block, ListItem) else text.scopes.of(index)
            yield from plain_numbers(block.inline, found, scope, _form(block), text.words)


def _form(block: Block) -> Form:
    if isinstance(block, Heading):
        return Form.HEADING
    return Form.BULLET if isinstance(block, ListItem) else Form.PROSE


def _references(text: _Text) -> tuple[Reference, ...]:
    readers = (read_references, read_commits)
    return tuple(chain(*(read(text.blocks, text.scopes, text.generated) for read in readers)))


def _dates(text: _Text) -> tuple[DateStamp, ...]:
    entries = text.front_matter.entries.values() if text.front_matter else ()
    return tuple(
        chain(
            *(entry_dates(entry, text.source.text, text.scopes.file) for entry in entries),
            read_dates(text.blocks, text.scopes, text.words, text.generated),
        )
    )
