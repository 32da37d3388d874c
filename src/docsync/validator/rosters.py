"""Which tables and lists of a document give one status to each of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from docsync.models.claims import Form
from docsync.models.document import DocumentFacts
from docsync.models.records import Home
from docsync.models.status import Status
from docsync.text.spans import Span
from docsync.validator.claims import living_statuses


class Entry(Struct, frozen=True):
    """Hold one row or item: its line, the entity it is about, and the status that it gives."""

    line: int
    entity: str
    status: Status
    span: Span


class Roster(Struct, frozen=True):
    """Hold the entries of one table or list, which follow each other line by line; no entity comes twice."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> int:
        """Give the line of the first entry."""
        return self.entries[0].line

    @property
    def last(self) -> int:
        """Give the line of the last entry."""
        return self.entries[-1].line


def rosters(document: DocumentFacts) -> tuple[Roster, ...]:
    """Give a document's rosters of at least two entries, from top to bottom."""
    return tuple(roster for roster in _runs(sorted(_entries(document), key=lambda entry: entry.line)) if _whole(roster))


def _entries(document: DocumentFacts) -> Iterator[Entry]:
    for mention in living_statuses(document):
        if mention.status and mention.form in (Form.ROW, Form.BULLET):
            yield Entry(document.lines.line(mention.span.start), mention.entity, mention.status, mention.span)
    for record in document.records:
        if record.home is Home.ROW and record.status:
            span = record.place_of("status").span
            yield Entry(document.lines.line(span.start), record.id, record.status, span)


def _runs(entries: Iterable[Entry]) -> Iterator[Roster]:
    run: list[Entry] = []
    for entry in entries:
        if run and entry.line != run[-1].line + 1:
            yield Roster(tuple(run))
            run = []
        run.append(entry)
    if run:
        yield Roster(tuple(run))


def _whole(roster: Roster) -> bool:
    entities = {entry.entity for entry in roster.entries}
    return len(roster.entries) > 1 and len(entities) == len(roster.entries)
