"""Report a record that is called blocked though all it waited for is settled.

## What it does

Reports a record whose status is blocked although everything that it is blocked by, or depends on, is resolved or cancelled;
and `Blocked by H6` in a document whose every word about H6 says that it is done.

## Why

Work that could go on stands still, and nobody looks at a blocked line again.

## Example

```text
docs/holes.md:22:13 DS404 H9 is blocked, but all it waits for is settled: H6 and H2
```

## What to do

Call it ready or pending, or name what it is still waiting for.

## How precision is kept

A record that names no blocker may wait for something outside the project, and so may one whose status gives a reason in
words (`blocked: waiting for the licence`). When one blocker is unknown or has no status, nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.validator.peers import homeless
from docsync.validator.waiting import needed
from docsync.validator.wording import listing, named, pointers, said, verb

CODE = "DS404"
NAME = "blocked-by-resolved"
SEVERITY = Severity.WARNING
KEEPS = False

_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = frozenset({"blocked", "waiting", "waits", "for", "hold", "locked", "currently", "still", "the", "and"})


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield what is blocked by nothing that is open."""
    for record in project.records:
        if record.status is Status.BLOCKED:
            yield from _of_record(project, record)
    for document in project.documents.values():
        stated = homeless(project, document)
        for mentions in stated.values():
            for mention in mentions:
                yield from _of_mention(document, mention, stated)


def _of_record(project: Project, record: Record) -> Iterator[Finding]:
    blockers = needed(project, record)
    if blockers.settled and not blockers.open and not blockers.rest and not _gives_reason(record, blockers.settled):
        yield Finding(
            record.place_of("status"),
            f"{named(record)} is blocked, but all it waits for is settled: {listing(map(named, blockers.settled))}",
            pointers(blockers.settled),
            verdict=Verdict.CONTRADICTED,
        )


def _gives_reason(record: Record, blockers: Sequence[Record]) -> bool:
    """Tell whether the status says in words what else holds the record up."""
    written = record.fields.get("status")
    text = written.raw if written else ""
    for one in blockers:
        text = text.replace(one.title or one.id, " ").replace(one.id, " ")
    kinds = {one.kind for one in blockers}
    return any(word.casefold() not in _PLAIN | kinds for word in _WORD.findall(text))


def _of_mention(document: DocumentFacts, mention: Mention, stated: Mapping[str, Sequence[Mention]]) -> Iterator[Finding]:
    if mention.status is not Status.BLOCKED or not mention.targets:
        return
    blockers = [stated.get(target.casefold(), ()) for target in mention.targets]
    if all(map(_all_settled, blockers)):
        names = listing(mention.targets)
        yield Finding(
            document.place(mention.span),
            f"{mention.entity} is blocked by {names} here, but {names} {verb(len(blockers))} settled",
            tuple(document.related(found[0].span, f"{found[0].entity} is {said(found[0].status)} here") for found in blockers),
            verdict=Verdict.CONTRADICTED,
        )


def _all_settled(mentions: Sequence[Mention]) -> bool:
    return bool(mentions) and all(mention.status is not None and mention.status.is_settled for mention in mentions)
