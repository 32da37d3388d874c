"""Report a record that was resolved and is open again, with no reason given.

## What it does

With `docsync check --since REV`, compares the status of each record with what it was at that revision, and reports one that was
resolved then, is open or deferred now, and does not say why.

## Why

Work that is done does not become undone by itself: either something was learned, and the next reader needs to know it, or a
merge has brought an old status back.

## Example

```text
docs/holes/H6.md:4:9 DS309 H6 was resolved before and is pending now, with no reason given
```

## What to do

Give the reason in a field `reopened`, in brackets behind the status, or in a decision that names the record; or put the status
back. Work that is taken up again is in progress or has failed, and not pending.

## How precision is kept

Only records count, and only those that are the single one of their kind and id at both revisions, wherever they stand. The
steps between two revisions are not judged, since a branch may take several of them at once: work that was pending may well be
resolved. What was cancelled or superseded needs no reason here, a metric changes by itself, and gates are DS310's. A reason
that was there when the record was resolved is an old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.models.records import Record
from docsync.models.status import TRANSITIONS, Status
from docsync.project.index import Project
from docsync.project.transitions import Step, reopened
from docsync.validator.reasons import remarks
from docsync.validator.wording import named

CODE = "DS309"
NAME = "reopened-without-reason"
SEVERITY = Severity.ERROR
KEEPS = False

_OTHERS = frozenset({"gate", "metric"})


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield what was reopened and does not say why."""
    for step in reopened(project):
        if step.after.kind not in _OTHERS and not (_explained(step) or _decided(project, step.after)):
            yield Finding(step.after.place_of("status"), _message(step), help=_help(step.now))


def _message(step: Step) -> str:
    return f"{named(step.after)} was resolved before and is {_shown(step.now)} now, with no reason given"


def _help(now: Status) -> str:
    advice = "say why in a field `reopened`, or in brackets behind the status"
    lawful = TRANSITIONS[Status.RESOLVED]
    if now in lawful:
        return advice
    return f"{advice}; what is taken up again is {' or '.join(_shown(each) for each in Status if each in lawful)}"


def _shown(status: Status) -> str:
    return status.value.replace("_", " ")


def _explained(step: Step) -> bool:
    """Tell whether the record gives a reason that it did not give before."""
    said = step.after.text("reopened")
    if said and said != step.before.text("reopened"):
        return True
    return remarks(step.after)


def _decided(project: Project, record: Record) -> bool:
    """Tell whether a decision that is new since names the record."""
    known = {then.id for then in project.earlier.records if then.kind == "decision"} if project.earlier else set()
    word = re.compile(rf"(?<![\w-]){re.escape(record.id)}(?![\w-])")
    new = (each for each in project.by_kind.get("decision", ()) if each.id not in known)
    return any(word.search(text) for each in new for text in (each.title, *(each.text(name) for name in each.values)))
