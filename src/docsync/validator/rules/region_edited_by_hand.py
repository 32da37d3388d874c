"""Report a generated region that somebody has changed by hand.

## What it does

Reports a region whose body is neither what the last commit holds nor what docsync last wrote, and is not what it should be.
Text that the region's view never writes, such as a paragraph where it gives a table, is somebody's own even where it was
committed.

## Why

The text between the markers is replaced at the next regeneration, so a change made there would be lost, and nothing else
remembers it.

## Example

```text
docs/STATE.md:18:1 DS603 region `phases` was edited by hand; docsync regenerate keeps it until told otherwise
```

## What to do

Where a cell shows one field of a record, or a point of a list one criterion, `docsync pull` offers the change to that
record's home. Move anything else to the home of the record it is about, or out of the region, then run `docsync regenerate
--overwrite-edited`. Or take the markers away and keep the table by hand.

## How precision is kept

A body that means the same as the generated one is not reported, whoever wrote it. Nothing is overwritten unless it is asked
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.diagnostics import Change, Confirmation, Finding, Fix, Place, Safety, Severity
from docsync.project.index import Project
from docsync.validator.regions import expected

CODE = "DS603"
NAME = "region-edited-by-hand"
SEVERITY = Severity.ERROR
KEEPS = True

_PULLED: Final = re.compile(r"^[ >]*(?:\||[-*+] )", re.MULTILINE)
"""A row of a table or a point of a list: what may show one field of a record."""
_OWN: Final = "move what is your own text out of the region, then run docsync regenerate --overwrite-edited"
_MOVE: Final = (
    "move the change to the record's home, and text of your own out of the region, "
    "then run docsync regenerate --overwrite-edited"
)
_PULL: Final = (
    "docsync pull offers the change to the record's home; what it cannot take, move there or out of the region by hand, "
    "then run docsync regenerate --overwrite-edited"
)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the regions that were edited by hand, with the new body as a fix that must be asked for."""
    for expectation, region in expected(project):
        if expectation.body is not None and not expectation.fresh and expectation.edited:
            change = Change(Place(expectation.path, region.body), expectation.body)
            yield Finding(
                Place(expectation.path, region.begin),
                f"region `{region.id}` was edited by hand; docsync regenerate keeps it until told otherwise",
                fix=Fix(f"overwrite `{region.id}`", Safety.UNSAFE, (change,)),
                help=_OWN if expectation.foreign else _PULL if _PULLED.search(expectation.body) else _MOVE,
            )
