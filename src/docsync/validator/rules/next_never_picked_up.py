"""Report a hand-over that names what comes next, and nobody ever took that up.

## What it does

With `docsync check --history`, takes each session whose `next` names records that are still to be begun. Where a later
session has ended since, none of those names any of these records, and no commit since has changed them, it reports the
hand-over.

## Why

A hand-over is a promise to whoever comes next. One that was not read leaves work lying about which everybody takes to be in
hand.

## Example

```text
docs/sessions/S3.md:8:1 DS315 S3 hands over H6 to come next; no session since has named it, and no commit has changed it
```

## What to do

Take the work up, defer or cancel it, or hand it over once more in the next session; then somebody has decided.

## How precision is kept

Only ids of records count, in the `next` of sessions that are records, and only of what is pending, ready or blocked today:
what has begun, or is settled or deferred, was picked up. A session counts as later if it comes after in the chain of
sessions, was committed later and is not the one that is running. One of the records that was touched, in a field other than
its place, is enough for the hand-over to count as read; so is a decision that came since and names one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.validator.wording import listing, named, said

CODE = "DS315"
NAME = "next-never-picked-up"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the hand-overs that nobody took up."""
    if project.history is None:
        return
    from docsync.validator.handing import left_lying  # noqa: PLC0415  # a check without a history need not load it

    for session, handed in left_lying(project):
        related = tuple(Related(one.place_of("status"), f"{named(one)} is {said(one.status)}") for one in handed)
        help_ = "take it up, defer or cancel it, or hand it over once more"
        yield Finding(session.place_of("next"), _message(session, handed), related, help=help_)


def _message(session: Record, handed: Sequence[Record]) -> str:
    them = "it" if len(handed) == 1 else "them"
    left = f"no session since has named {them}, and no commit has changed {them}"
    return f"{named(session)} hands over {listing(map(named, handed))} to come next; {left}"
