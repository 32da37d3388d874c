"""Report a status that did not follow lawfully on the one before it.

## What it does

With `docsync check --history`, goes through the commits along first parents, and holds the last change of each record's
status against the steps that a status may take: pending, ready, in progress, resolved, with blocked, deferred and failed
between them.

## Why

A status that jumps was set without its steps: work that nobody saw begin, or work that was done and is listed as if it had
never been touched, which loses what is known of it.

## Example

```text
h/H6.md:5:9 DS314 H6 went from resolved to ready in 1f3c5e7a90 (2026-05-02); what was resolved may become in progress or failed
```

## What to do

Give the status that says what is the case: what is taken up again is in progress, or has failed. For work that was begun and
ended between two commits nothing needs to be done; commit its beginning, too, where others wait for the news.

## How precision is kept

Only the last change of a status counts, and only while it stands. From resolved no row of lawful steps leads back but by way
of taking the work up again, so that a jump from there is a warning. Any other jump may be several lawful steps that one
commit holds: it is a note, of holes, tasks and the like alone, and in a merge it is none at all. Decisions, sessions, metrics
and propagations have no steps to take. Where DS313 reports the change, this rule keeps quiet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.models.records import Record
from docsync.models.status import TRANSITIONS, Status, may_follow
from docsync.project.history import UNMEASURED
from docsync.project.index import Project
from docsync.project.parts import is_work
from docsync.validator.wording import named, said

if TYPE_CHECKING:
    from docsync.models.history import Change, Commit

CODE = "DS314"
NAME = "status-jumps"
SEVERITY = Severity.WARNING
KEEPS = False

_SHORT = 10


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the jumps that still stand."""
    history = project.history
    if history is None:
        return
    from docsync.project.past import kin_of  # noqa: PLC0415  # a check without a history need not load it
    from docsync.validator.falls import in_falls  # noqa: PLC0415

    reported = in_falls(project)
    for kin in kin_of(project):
        step = kin.latest_step
        if step and kin.today and id(step) not in reported and _stands(step, kin.today):
            severity = _severity(project, step, history.commits[step.commit])
            if severity:
                place = kin.today.place_of("status")
                yield Finding(place, _message(step, history.commits[step.commit]), severity=severity, help=_help(step))


def _stands(step: Change, today: Record) -> bool:
    after = step.after
    return bool(after and after.status is today.status and today.kind not in UNMEASURED and not step.merged)


def _severity(project: Project, step: Change, commit: Commit) -> Severity | None:
    """Rank a jump; None where it is none, or may as well be several steps."""
    was, now = _statuses(step)
    if may_follow(was, now) or (was is Status.RESOLVED and now.is_settled):
        return None
    if was is Status.RESOLVED:
        return Severity.WARNING
    return Severity.INFO if not commit.is_merge and is_work(project, step.record.kind) else None


def _statuses(step: Change) -> tuple[Status, Status]:
    was, now = (record.status if record else None for record in (step.before, step.after))
    assert was  # noqa: S101  # a step leads from one status to another
    assert now  # noqa: S101
    return was, now


def _message(step: Change, commit: Commit) -> str:
    was, now = _statuses(step)
    *some, last = [said(each) for each in Status if each in TRANSITIONS[was]]
    lawful = f"{', '.join(some)} or {last}" if some else last
    when = f"{commit.name[:_SHORT]} ({commit.day})"
    return f"{named(step.record)} went from {said(was)} to {said(now)} in {when}; what was {said(was)} may become {lawful}"


def _help(step: Change) -> str:
    if _statuses(step)[0] is Status.RESOLVED:
        return "what is taken up again is in progress, or has failed"
    return "several steps in one commit are lawful; commit the beginning of work, too, where others wait for the news"
