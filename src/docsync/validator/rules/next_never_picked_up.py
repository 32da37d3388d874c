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

from collections.abc import Iterator, Mapping, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.project.past import Kin, kin_of, naming, spoken_of
from docsync.project.sessions import KIND, chain
from docsync.validator.wording import listing, named, said

CODE = "DS315"
NAME = "next-never-picked-up"
SEVERITY = Severity.WARNING
KEEPS = False

_NEXT = "next"
_WAITING = frozenset({Status.PENDING, Status.READY, Status.BLOCKED})


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the hand-overs that nobody took up."""
    if project.history is None or not project.by_kind.get(KIND):
        return
    kin = {id(each.today): each for each in kin_of(project) if each.today}
    found = chain(project)
    ended = [one for one in found.sessions if one is not found.running]
    for at, session in enumerate(ended):
        handed = _handed(project, session)
        if handed and id(session) in kin and _is_left(project, kin, session, ended[at + 1 :], handed):
            names = listing(map(named, handed))
            them = "it" if len(handed) == 1 else "them"
            left = f"no session since has named {them}, and no commit has changed {them}"
            message = f"{named(session)} hands over {names} to come next; {left}"
            related = tuple(Related(one.place_of("status"), f"{named(one)} is {said(one.status)}") for one in handed)
            help_ = "take it up, defer or cancel it, or hand it over once more"
            yield Finding(session.place_of(_NEXT), message, related, help=help_)


def _handed(project: Project, session: Record) -> tuple[Record, ...]:
    """Give the records still to be begun that a session names as next; none where it names one that was begun."""
    texts = session.texts(_NEXT)
    named_ = [
        record
        for record in (project.records if texts else ())
        if record.status and record.kind != KIND and not record.id.isdecimal() and _names(record, texts)
    ]
    return tuple(named_) if all(record.status in _WAITING for record in named_) else ()


def _names(record: Record, texts: Sequence[str]) -> bool:
    said_ = "\n".join(texts)
    return record.id.casefold() in said_.casefold() and naming(record.id).search(said_) is not None


def _is_left(
    project: Project, kin: Mapping[int, Kin], session: Record, later: Sequence[Record], handed: Sequence[Record]
) -> bool:
    since = _since(kin[id(session)])
    following = [one for one in later if id(one) in kin and kin[id(one)].lineage.changes[0].commit > since]
    if not following or any(_speaks(one, handed) for one in later):
        return False
    return not any(id(one) not in kin or _touched(kin[id(one)], since) or spoken_of(project, one, since + 1) for one in handed)


def _since(kin: Kin) -> int:
    """Give the commit since which a session hands over what it does."""
    changes = kin.lineage.changes
    last = changes[-1].record.texts(_NEXT)
    return next((each.commit for each in reversed(changes) if each.before is None or each.before.texts(_NEXT) != last), 0)


def _touched(kin: Kin, since: int) -> bool:
    """Tell whether a later commit has changed anything of a record but its place."""
    return any(
        change.commit > since
        and change.before
        and change.after
        and (change.before.status, change.before.values, change.before.criteria)
        != (change.after.status, change.after.values, change.after.criteria)
        for change in kin.lineage.changes
    )


def _speaks(session: Record, handed: Sequence[Record]) -> bool:
    texts = [session.title, *(text for name in session.values for text in session.texts(name))]
    return any(_names(record, texts) for record in handed)
