"""Whether the statuses that documents give agree with the homes of the records."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.entities import decorative
from docsync.project.index import Project
from docsync.validator.claims import living_statuses
from docsync.validator.clashes import clash
from docsync.validator.entities import record_of
from docsync.validator.wording import named, said


def against_homes(project: Project) -> Iterator[Finding | Confirmation]:
    """Compare every living status with that of the record it is about."""
    if not project.records:
        return
    for document in project.documents.values():
        for mention in living_statuses(document):
            record = record_of(project, mention.entity, document.path)
            if record and record.status and mention.status:
                yield from _compared(document, mention, mention.status, record)


def _compared(document: DocumentFacts, mention: Mention, status: Status, record: Record) -> Iterator[Finding | Confirmation]:
    place, home = document.place(mention.span), record.fields.get("status")
    reason = clash(status, record.status or status, mention.raw, home.raw if home else "")
    if not reason:
        if status is record.status:
            yield Confirmation(place)
        return
    if decorative(mention):
        return
    yield Finding(
        place,
        f"{named(record)} is {said(status)} here, but {said(record.status)} in its home: {reason}",
        (Related(record.place_of("status"), f"the home of {named(record)} says {said(record.status)}"),),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"`{mention.entity}` is {record.kind} {record.id}",),
    )
