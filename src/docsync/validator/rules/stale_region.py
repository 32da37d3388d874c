"""Report a generated region that is out of date.

## What it does

Renders every region of a document from the records, or from what its `query` gives, and compares the result with what stands
between the markers.

## Why

A generated table is trusted more than a written one. It must not be the one that is wrong.

## Example

```text
docs/STATE.md:18:1 DS601 region `phases` is out of date
```

## What to do

Run `docsync regenerate`. In pre-commit and CI, `docsync regenerate --check` fails while anything is stale.

## How precision is kept

Cells, items and text are compared, not bytes: what a formatter did to the padding is no change.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Change, Confirmation, Finding, Fix, Place, Safety, Severity
from docsync.project.index import Project
from docsync.validator.outdated import outdated
from docsync.validator.regions import expected

CODE = "DS601"
NAME = "stale-region"
SEVERITY = Severity.ERROR
KEEPS = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the regions that should hold something else, with the new body as the fix."""
    for expectation, region in expected(project):
        if expectation.body is not None and not expectation.fresh and not expectation.edited:
            change = Change(Place(expectation.path, region.body), expectation.body)
            message, related = outdated(expectation.path, region, expectation.body)
            yield Finding(
                Place(expectation.path, region.begin),
                message,
                related,
                fix=Fix(f"regenerate `{region.id}`", Safety.SAFE, (change,)),
            )
