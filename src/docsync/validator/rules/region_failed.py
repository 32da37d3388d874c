"""Report a region that could not be generated.

## What it does

Reports a region whose view does not exist, fails, takes too long or grows too large, or whose attributes match nothing any
more; and one whose query is wrong, asks for what it may not, runs into a limit or gives no rows.

## Why

The old body stays where it is, and looks as if it were still kept.

## Example

```text
docs/STATE.md:18:1 DS604 region `phases` was not generated: no view `status-tabel`; did you mean `status-table`?
```

## What to do

Correct the attributes of the begin marker, or the template. `docsync query` tries a query; where having no rows is fine,
`empty="…"` says what to write then.

## How precision is kept

It is reported only when rendering was tried and did not succeed. The region keeps its body.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Place, Severity
from docsync.project.index import Project
from docsync.validator.regions import expected

CODE = "DS604"
NAME = "region-failed"
SEVERITY = Severity.ERROR
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the regions that could not be rendered, with the reason."""
    for expectation, region in expected(project):
        if expectation.body is None:
            yield Finding(
                Place(expectation.path, region.begin), f"region `{region.id}` was not generated: {expectation.failure}"
            )
