"""Report a record that is called done while something it needs is open.

## What it does

Reports a record whose status is resolved although a record that it is blocked by, or depends on, is still open.

## Why

Either the work was built on nothing, or the dependency was settled too and nobody wrote it down. Both matter to whoever
comes next.

## Example

```text
docs/holes.md:22:13 DS405 H9 is resolved, but H6, which it waits for, is pending
```

## What to do

Settle the dependency, drop it when it turned out not to be one, or reopen the record.

## How precision is kept

Only declared relations between records count. What is deferred or cancelled, and what has no status, is passed over. Of things
without a home, only a complete `Blocked by` list counts, whose things all have a status that nothing disputes.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.derived import derived, documents, flat
from docsync.project.index import Project
from docsync.validator.calling import called_out, recorded_as, stated_as
from docsync.validator.waiting import needed, needing
from docsync.validator.waits import finding, waits
from docsync.validator.wording import listing, named, verb

CODE = "DS405"
NAME = "resolved-with-open-dependency"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the resolved records that wait for something open."""
    return flat(by_document, project)


@derived(documents)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give those of one document."""
    return tuple(_of_document(project, document))


def _of_document(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    for record in document.records:
        if record.status is Status.RESOLVED and (blockers := needed(project, record).open):
            state = recorded_as(blockers[0]) if len(blockers) == 1 else "open"
            yield Finding(
                record.place_of("status"),
                f"{named(record)} is {recorded_as(record)}, but {listing(map(named, blockers))}, which it waits for, "
                f"{verb(len(blockers))} {state}",
                called_out(blockers),
                verdict=Verdict.CONTRADICTED,
                evidence=tuple(needing(project, record)),
            )
    for wait in waits(project, document, Status.RESOLVED):
        if wait.open:
            status = stated_as(wait.stated)
            message = f"{wait.mention.entity} is {status}, but {{}}, which it waits for, {verb(len(wait.open))} open"
            yield finding(document, wait, message, wait.open)
