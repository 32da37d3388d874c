"""Report a record that is called ready while something it needs is open.

## What it does

Reports a record whose status is ready although a record that it is blocked by, or depends on, is not settled.

## Why

`ready` is where the next piece of work is taken from; what is started too early is thrown away.

## Example

```text
docs/holes.md:22:13 DS403 H9 is ready, but waits for H6 and H2
```

## What to do

Call it pending or blocked, or settle what it waits for; drop a dependency that is none.

## How precision is kept

Only the status ready is compared: work in progress may well have been begun early on purpose. What is deferred holds nothing
up, and an id that no record answers to is DS501. Of things without a home, only a complete `Blocked by` list counts, if its
things all have one status that nothing disputes.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.derived import derived, documents, flat
from docsync.project.index import Project
from docsync.validator.calling import called_out
from docsync.validator.waiting import needed, needing
from docsync.validator.waits import finding, waits
from docsync.validator.wording import listing, named

CODE = "DS403"
NAME = "ready-while-blocked"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the ready records that wait for something open."""
    return flat(by_document, project)


@derived(documents)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give those of one document."""
    return tuple(_of_document(project, document))


def _of_document(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    for record in document.records:
        if record.status is Status.READY and (blockers := needed(project, record).open):
            yield Finding(
                record.place_of("status"),
                f"{named(record)} is ready, but waits for {listing(map(named, blockers))}",
                called_out(blockers),
                verdict=Verdict.CONTRADICTED,
                evidence=tuple(needing(project, record)),
            )
    for wait in waits(project, document, Status.READY):
        if wait.open:
            yield finding(document, wait, f"{wait.mention.entity} is ready, but waits for {{}}", wait.open)
