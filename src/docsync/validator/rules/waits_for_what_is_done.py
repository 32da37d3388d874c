"""Report a sentence that waits for the completion of what is done.

## What it does

Looks up what `pending H11 completion` or `waiting for Phase 2 to complete` waits for, among all statuses of things without a
home: if it was done by then, the wait is over.

## Why

A limitation stays in the text, and in the plans, after what lifts it is there.

## Example

```text
docs/log.md:112:31 DS305 waits for the completion of H11, which is done
```

## What to do

Remove the remark, or say what is still missing.

## How precision is kept

Only the words for completion count, and only where the documents that speak of the same things nowhere call it open. What an
entry of the past waits for is compared with earlier entries of the same account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.derived import derived, flat
from docsync.project.entities import Entity, Stated, circle_of
from docsync.project.following import where
from docsync.project.index import Project
from docsync.project.things import thing
from docsync.validator.calling import stated_as

CODE = "DS305"
NAME = "waits-for-what-is-done"
SEVERITY = Severity.WARNING
KEEPS = False

_ENTRY = re.compile(r"(?P<kind>[a-z]+) (?P<number>\d+)|(?P<day>\d{4}-\d{2}-\d{2})")
_SHOWN = 6


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the waits for what was done before."""
    return flat(by_document, project)


@where
def _awaiting(document: DocumentFacts) -> bool:
    return any(mention.name == "awaited" for mention in document.mentions)


@derived(_awaiting)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give the waits of one document."""
    return tuple(_of_document(project, document))


def _of_document(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    circle = circle_of(project, document.path)
    for mention in document.mentions:
        found = circle.get(thing(mention.entity)) if mention.name == "awaited" and mention.scope.comparable else None
        if found is not None and (done := _done(found, mention, document.path)):
            yield _finding(document, mention, done)


def _finding(document: DocumentFacts, mention: Mention, done: Sequence[Stated]) -> Finding:
    return Finding(
        document.place(mention.span),
        f"waits for the completion of {mention.entity}, which is {stated_as(done[0])}",
        tuple(Related(one.place, f"{mention.entity} is {stated_as(one)} here") for one in done[:_SHOWN]),
        verdict=Verdict.CONTRADICTED,
        evidence=tuple(_evidence(done)),
    )


def _evidence(done: Sequence[Stated]) -> Iterator[str]:
    """Say by which statuses, of which time, the wait is over."""
    for one in done[:_SHOWN]:
        as_of = one.mention.scope.as_of
        time = f" as of {as_of}, which is earlier than the wait or stays true" if as_of else " now"
        yield f"{one.path}, line {one.line} calls it {stated_as(one)}{time}"
    yield "nothing in the documents that speak of it calls it open"


def _done(entity: Entity, mention: Mention, path: str) -> Sequence[Stated]:
    if mention.scope.living:
        settled = entity.living and all(one.status.is_settled for one in entity.living)
        return (*entity.living, *entity.over) if settled else ()
    return [one for one in entity.over if one.path == path and _is_before(one.mention.scope.as_of, mention.scope.as_of)]


def _is_before(one: str, other: str) -> bool:
    """Tell whether one moment of an account comes before another of the same kind."""
    first, second = _ENTRY.fullmatch(one), _ENTRY.fullmatch(other)
    if first is None or second is None or first["kind"] != second["kind"]:
        return False
    if first["day"] or second["day"]:
        return bool(first["day"] and second["day"] and first["day"] < second["day"])
    return int(first["number"]) < int(second["number"])
