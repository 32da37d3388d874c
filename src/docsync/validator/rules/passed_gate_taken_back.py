"""Report a gate that had passed and has not passed any more.

## What it does

With `docsync check --since REV`, compares the status of each gate with what it was at that revision, and reports one that had
passed then and is open, failed or deferred now.

## Why

A gate records that somebody looked and let the work go on. What is built since rests on it; that it would not pass today is a
new fact, and belongs into a new record.

## Example

```text
docs/gates/G2.md:4:9 DS310 G2 had passed before and is in progress now; a gate that has passed stays passed
```

## What to do

Put the status back, and record what was found since as a hole, a task or a gate of its own. Where the pass itself was a
mistake, say so beside the gate: `<!-- docsync:ignore DS310 passed by mistake on Monday -->`.

## How precision is kept

Only gates that are records count, and only those that are the single one of their id at both revisions, wherever they stand.
A gate that was cancelled or superseded since is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.project.index import Project
from docsync.project.transitions import reopened
from docsync.validator.wording import named

CODE = "DS310"
NAME = "passed-gate-taken-back"
SEVERITY = Severity.ERROR
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the gates that had passed and have not any more."""
    for step in reopened(project):
        if step.after.kind == "gate":
            now = step.now.value.replace("_", " ")
            said = f"{named(step.after)} had passed before and is {now} now; a gate that has passed stays passed"
            yield Finding(step.after.place_of("status"), said, help="record what was found since as a hole or task of its own")
