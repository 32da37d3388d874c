"""Report records that wait for each other.

## What it does

Follows `blocked_by`, `depends_on` and, backwards, `blocks` from record to record, and reports each group that waits for
itself, with the whole shortest path.

## Why

Nothing in a cycle can ever become ready, and neither a critical path nor a next step can be worked out across it.

## Example

```text
docs/holes.md:14:18 DS401 H6 waits for H9, H9 for H2, H2 for H6
```

## What to do

Remove the dependency that is not real, or split the record whose one half the others wait for.

## How precision is kept

Only declared relations between records that exist are followed; text that merely mentions another record is no dependency.
Each group of records is reported once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.project.graph import Edge, cycles
from docsync.project.index import Project

CODE = "DS401"
NAME = "dependency-cycle"
SEVERITY = Severity.ERROR
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield one finding for each group of records that wait for each other."""
    for cycle in cycles(project):
        yield Finding(
            cycle[0].place,
            _path(cycle),
            tuple(Related(edge.place, f"{edge.source} waits for {edge.target} by this `{edge.field}`") for edge in cycle[1:]),
            verdict=Verdict.CONTRADICTED,
        )


def _path(cycle: Sequence[Edge]) -> str:
    if len(cycle) == 1:
        return f"{cycle[0].source} waits for itself"
    first, *rest = cycle
    return ", ".join((f"{first.source} waits for {first.target}", *(f"{edge.source} for {edge.target}" for edge in rest)))
