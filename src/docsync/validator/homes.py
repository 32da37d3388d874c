"""Whether the statuses that documents give agree with the homes of the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.circles import name_words, titles
from docsync.project.derived import derived, documents
from docsync.project.entities import decorative
from docsync.project.index import Project
from docsync.project.kept import for_the_next
from docsync.project.speaking import called as told_of
from docsync.validator.calling import called, recorded_as
from docsync.validator.claims import living_statuses
from docsync.validator.clashes import clash
from docsync.validator.entities import record_of
from docsync.validator.wording import named

_Odd: TypeAlias = tuple[Mention, Status, Record, str]
"""A mention, its status, the record that it is about, and why their statuses contradict each other."""


def _of_records(project: Project, document: DocumentFacts) -> Iterator[tuple[Mention, Record]]:
    """Give the statuses of records that a document tells now, each with the record."""
    names = _names(document)
    for mention in living_statuses(document):
        record = record_of(project, mention.entity, document.path)
        if record and not _is_another(names.get(mention.entity.casefold(), frozenset()), mention, record):
            yield mention, record


@for_the_next
def _names(document: DocumentFacts) -> Mapping[str, frozenset[str]]:
    """Give the words of the names that a document gives to things."""
    found: dict[str, frozenset[str]] = {}
    for entity, _, named_so in titles(document):
        found[entity] = found.get(entity, frozenset()) | named_so
    return found


def _is_another(names: frozenset[str], mention: Mention, record: Record) -> bool:
    """Tell whether a number means something else in a document: its `Phase 3` has a name, and none of the record's words.

    An id that is called otherwise is a contradiction of its own; a number is every plan's own.
    """
    return " " in mention.entity and bool(names) and bool(record.title) and names.isdisjoint(name_words(record.title))


@derived(documents, told_of)
def against_homes(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    """Compare every living status with that of the record it is about; one record in one document is one finding."""
    return tuple(_compared(project, document))


def _compared(project: Project, document: DocumentFacts) -> Iterator[Finding | Confirmation]:
    odd: dict[str, list[_Odd]] = {}
    for mention, record in _of_records(project, document):
        if record.status is None or mention.status is None:
            continue
        if reason := _contradicts(mention, mention.status, record, record.status):
            if not decorative(mention):
                odd.setdefault(record.id, []).append((mention, mention.status, record, reason))
        elif mention.status is record.status:
            yield Confirmation(document.path, (mention.span,))
    yield from (_finding(document, places) for places in odd.values())


def _contradicts(mention: Mention, status: Status, record: Record, told: Status) -> str:
    home = record.fields.get("status")
    return clash(status, told, mention.raw, home.raw if home else "")


def _finding(document: DocumentFacts, places: Sequence[_Odd]) -> Finding:
    (mention, status, record, reason), *more = places
    name = named(record)
    again = (document.related(one.span, f"{name} is {called(record.kind, each, one.raw)} here") for one, each, _, _ in more)
    return Finding(
        document.place(mention.span),
        f"{name} is {called(record.kind, status, mention.raw)} here, but {recorded_as(record)} in its home: {reason}",
        (Related(record.place_of("status"), f"the home of {name} says {recorded_as(record)}"), *again),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"`{mention.entity}` is {record.kind} {record.id}, whose home is in {record.path}", "both speak of now"),
    )
