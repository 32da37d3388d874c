"""Report a generated region that somebody has changed by hand.

## What it does

Reports a region whose body is neither what the last commit holds nor what docsync last wrote, and is not what it should be.

## Why

The text between the markers is replaced at the next regeneration, so a change made there would be lost, and nothing else
remembers it.

## Example

```text
docs/STATE.md:18:1 DS603 region `phases` was edited by hand; docsync regenerate keeps it until told otherwise
```

## What to do

Move the change to the home of the record it is about, then run `docsync regenerate --overwrite-edited`. Or take the markers
away and keep the table by hand.

## How precision is kept

A body that means the same as the generated one is not reported, whoever wrote it. Nothing is overwritten unless it is asked
for.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Change, Confirmation, Finding, Fix, Place, Safety, Severity
from docsync.project.index import Project
from docsync.validator.regions import expected

CODE = "DS603"
NAME = "region-edited-by-hand"
SEVERITY = Severity.ERROR
KEEPS = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the regions that were edited by hand, with the new body as a fix that must be asked for."""
    for expectation, region in expected(project):
        if expectation.body is not None and not expectation.fresh and expectation.edited:
            change = Change(Place(expectation.path, region.body), expectation.body)
            yield Finding(
                Place(expectation.path, region.begin),
                f"region `{region.id}` was edited by hand; docsync regenerate keeps it until told otherwise",
                fix=Fix(f"overwrite `{region.id}`", Safety.UNSAFE, (change,)),
                help="move the change to the record's home, then run docsync regenerate --overwrite-edited",
            )
