"""Which records a file is the home of, and which of its text is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.blocks import Blocks
from docsync.models.document import FrontMatter, Trouble
from docsync.models.records import Home, Record
from docsync.models.schema import FieldType
from docsync.parser.coverage import Coverage
from docsync.parser.homes.declared import ITEMS, ROWS, SECTIONS, Declared, Part, declared
from docsync.parser.homes.drafts import Draft, Written, nested, record_of, unknown_fields
from docsync.parser.homes.files import read_file
from docsync.parser.homes.items import read_items
from docsync.parser.homes.listed import listed_instead
from docsync.parser.homes.page import Page
from docsync.parser.homes.rows import find_table, read_rows
from docsync.parser.homes.sections import Sections, find_sections, read_sections
from docsync.text.source import SourceFile
from docsync.text.spans import Span

_PROSE: Final = (FieldType.TEXT, FieldType.LIST, FieldType.CRITERIA)
"""The types whose values may hold claims of their own."""
_NAMES: Final = ("id", "title")
_FORM_NAMES: Final = {"": "section or table row", SECTIONS: "section", ROWS: "table row", ITEMS: "list item"}


class Homes(Struct, frozen=True):
    """Hold a file's records in document order, the faults of its declarations, and the spans that are the homes' own words."""

    records: tuple[Record, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    covered: tuple[Span, ...] = ()


def read_records(
    source: SourceFile,
    blocks: Blocks,
    front_matter: FrontMatter | None,
    config: Config,
    generated: Sequence[Span] = (),
) -> Homes:
    """Read the records that a file declares; text in the spans `generated` is the home of nothing."""
    found = declared(source.path, front_matter, config)
    if found.whole is None and not found.parts:
        return Homes(troubles=found.troubles)
    skipped = Coverage(generated)
    page = Page(source, blocks, front_matter, config, tuple(skipped.holds(block.span) for block in blocks))
    drafts = [nested(draft) for draft in _drafts(page, found)]
    return Homes(
        tuple(record_of(source, draft, config) for draft in drafts),
        (*found.troubles, *_unused(page, found.parts, drafts), *unknown_fields(drafts)),
        tuple(sorted(span for draft in drafts for span in _covered(draft))),
    )


def _drafts(page: Page, found: Declared) -> list[Draft]:
    kinds = [part.kind for part in found.parts if part.allows(SECTIONS)]
    sections = find_sections(page.blocks, kinds, page.config, page.skip)
    body = [index for index, owner in enumerate(sections.owner) if owner is None and not page.skip[index]]
    whole = read_file(page, found.whole, body) if found.whole else None
    inside = {section.index: draft for section, draft in read_sections(page.blocks, sections, whole)}
    rows = list(_rows(page, found.parts, sections, whole, inside))
    items = _items(page, found.parts, sections, whole, [*inside.values(), *rows], inside)
    parts = sorted([*inside.values(), *rows, *items], key=lambda draft: draft.span)
    return [whole, *parts] if whole else parts


def _rows(
    page: Page, parts: Sequence[Part], sections: Sections, whole: Draft | None, inside: dict[int, Draft]
) -> Iterator[Draft]:
    """Give the rows that define records; one whose id a section or an earlier table defines is a mention of that."""
    kinds = [part.kind for part in parts if part.allows(ROWS)]
    known = {(draft.kind.name, draft.id) for draft in inside.values()}
    for index, block in page.blocks.tables:
        if kinds and not page.skip[index] and not block.quote:
            owner = sections.owner[index]
            home = find_table(block, kinds, page.config)
            drafts = list(read_rows(home, inside[owner.index] if owner else whole)) if home else []
            yield from (draft for draft in drafts if (draft.kind.name, draft.id) not in known)
            known.update((draft.kind.name, draft.id) for draft in drafts)


def _items(  # noqa: PLR0913, PLR0917 -- what the other two forms found, and where
    page: Page,
    parts: Sequence[Part],
    sections: Sections,
    whole: Draft | None,
    earlier: Sequence[Draft],
    inside: dict[int, Draft],
) -> Iterator[Draft]:
    """Give the list items that define records; one whose id a section or row defines is a mention of that."""
    kinds = [part.kind for part in parts if part.allows(ITEMS)]
    if not kinds:
        return
    known = {(draft.kind.name, draft.id) for draft in earlier}
    owners = [inside[owner.index] if owner else whole for owner in sections.owner]
    yield from (draft for draft in read_items(page, kinds, owners) if (draft.kind.name, draft.id) not in known)


def _unused(page: Page, parts: Sequence[Part], drafts: Sequence[Draft]) -> Iterator[Trouble]:
    """Report what the front matter declares and the file does not hold."""
    present = {draft.kind.name for draft in drafts if draft.home is not Home.FILE}
    for part in parts:
        if part.entry is not None and part.kind.name not in present:
            message = f"no {_FORM_NAMES[part.form]} here is a {part.kind.name}"
            listed = listed_instead(page, part.kind, part.form)
            help_ = listed or f"begin one with an id that matches {part.kind.id_pattern}, or take the declaration out"
            yield Trouble("DS102", part.entry.value_span, message, help=help_)


def _covered(draft: Draft) -> Iterator[Span]:
    yield from draft.covered
    for written in draft.fields:
        field = draft.kind.fields.get(draft.name_of(written))
        if field and (field.type not in _PROSE or field.name in _NAMES):
            yield _reach(draft, written)


def _reach(draft: Draft, written: Written) -> Span:
    """Give the span of a field, with its key where that stands before it."""
    return written.span if draft.home is Home.ROW else Span(min(written.key_span, written.span).start, written.span.end)
