"""Report a record that is called blocked though all it waited for is settled.

## What it does

Reports a record whose status is blocked although everything that it is blocked by, or depends on, is resolved or cancelled;
and `Blocked by H6` where documents say that H6, which has no home, is done.

## Why

Work that could go on stands still, and nobody looks at a blocked line again.

## Example

```text
docs/holes.md:22:13 DS404 H9 is blocked, but all it waits for is resolved: H6 and H2
```

## What to do

Call it ready or pending, or name what it is still waiting for.

## How precision is kept

A record that names no blocker may wait for something outside the project, and so may one whose status gives a reason in
words (`blocked: waiting for the licence`). When one blocker is unknown or has no status, nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.derived import derived, documents, flat
from docsync.project.entities import Circle, Entity, Stated, entities
from docsync.project.index import Project
from docsync.project.things import thing
from docsync.validator.calling import called_out, recorded_as, stated_as
from docsync.validator.waiting import needed, needing
from docsync.validator.waits import finding, waits
from docsync.validator.wording import RELATED, listing, named, verb

CODE = "DS404"
NAME = "blocked-by-resolved"
SEVERITY = Severity.WARNING
KEEPS = False

_SHOWN = 6
"""How many places are shown for each thing that is waited for."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = frozenset({"blocked", "waiting", "waits", "for", "hold", "locked", "currently", "still", "the", "and"})


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield what is blocked by nothing that is open."""
    yield from flat(by_document, project)
    yield from beyond(project)


@derived(documents)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give what one document calls blocked by its fields, or beside a list of what it waits for."""
    return tuple(_of_document(project, document))


def beyond(project: Project) -> Iterator[Finding]:
    """Yield what is blocked by something else in so many words."""
    return flat(_in_circles, project)


@derived(entities)
def _in_circles(_project: Project, circle: Circle) -> tuple[Finding, ...]:
    # what is settled itself is DS301's
    stating = (entity for entity in circle.values() if entity.living and not entity.living[0].status.is_settled)
    return tuple(found for entity in stating for stated in entity.living for found in _of_mention(stated, circle))


def _of_document(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    for record in document.records:
        if record.status is Status.BLOCKED:
            yield from _of_record(project, record)
    for wait in waits(project, document, Status.BLOCKED):
        if wait.settled and not wait.stated.mention.targets and not _reason(wait.stated.mention.raw):
            state = _together(map(stated_as, wait.needed))
            message = f"{wait.mention.entity} is blocked, but all it waits for is {state}: {{}}"
            yield finding(document, wait, message, wait.needed)


def _reason(text: str) -> bool:
    """Tell whether a status says in words what else holds the thing up."""
    return any(word.casefold() not in _PLAIN for word in _WORD.findall(text))


def _of_record(project: Project, record: Record) -> Iterator[Finding]:
    blockers = needed(project, record)
    if blockers.settled and not blockers.open and not blockers.rest and not _gives_reason(record, blockers.settled):
        yield Finding(
            record.place_of("status"),
            f"{named(record)} is blocked, but all it waits for is {_together(map(recorded_as, blockers.settled))}: "
            f"{listing(map(named, blockers.settled))}",
            called_out(blockers.settled),
            verdict=Verdict.CONTRADICTED,
            evidence=tuple(needing(project, record)),
        )


def _gives_reason(record: Record, blockers: Sequence[Record]) -> bool:
    """Tell whether the status says in words what else holds the record up."""
    written = record.fields.get("status")
    text = written.raw if written else ""
    for one in blockers:
        text = text.replace(one.title or one.id, " ").replace(one.id, " ")
    kinds = {one.kind for one in blockers}
    return any(word.casefold() not in _PLAIN | kinds for word in _WORD.findall(text))


def _of_mention(stated: Stated, circle: Circle) -> Iterator[Finding]:
    """Report `Blocked by H6` where H6 is settled, going by the place where it is furthest."""
    targets = stated.mention.targets
    if stated.status is not Status.BLOCKED or not targets:
        return
    found = [circle.get(thing(target)) for target in targets]
    furthest = [one for entity in found if entity for one in (entity.living[:1] or entity.over[-1:])]
    if len(furthest) == len(targets) and all(one.status.is_settled for one in furthest):
        names = listing(targets)
        yield Finding(
            stated.place,
            f"{stated.mention.entity} is blocked by {names} here, but {names} {verb(len(targets))} "
            f"{_together(map(stated_as, furthest))}",
            tuple(Related(one.place, f"{one.mention.entity} {_was(one)} {stated_as(one)} here") for one in _settled(found)),
            verdict=Verdict.CONTRADICTED,
            evidence=tuple(_evidence(stated, furthest)),
        )


def _settled(found: Sequence[Entity | None]) -> Iterator[Stated]:
    """Give the places that say so of each, what is said now first."""
    for entity in found:
        if entity:
            places = [one for one in (*entity.living, *reversed(entity.over)) if one.status.is_settled]
            yield from places[:_SHOWN]


def _evidence(stated: Stated, furthest: Sequence[Stated]) -> Iterator[str]:
    """Say what the status names, and of each where it stands furthest."""
    yield f"the status of {stated.mention.entity} names all that it is blocked by: {listing(stated.mention.targets)}"
    for one in furthest[:RELATED]:
        as_of = one.mention.scope.as_of
        time = f" as of {as_of}, which stays true" if as_of else ""
        yield f"{one.mention.entity} {_was(one)} {stated_as(one)} in {one.path}, line {one.line}{time}"


def _was(stated: Stated) -> str:
    return "is" if stated.mention.scope.living else "was"


def _together(words: Iterable[str]) -> str:
    """Give the one word for several statuses that are settled."""
    found = set(words)
    return found.pop() if len(found) == 1 else "settled"
