"""Report records that wait for each other.

## What it does

Follows `blocked_by`, `depends_on` and, backwards, `blocks` from record to record, and reports each group that waits for
itself, with the whole shortest path. Of things without a home, those key-values are followed within each document.

## Why

Nothing in a cycle can ever become ready, and neither a critical path nor a next step can be worked out across it.

## Example

```text
docs/holes.md:14:18 DS401 H6 waits for H9, H9 for H2, H2 for H6
```

## What to do

Remove the dependency that is not real, or split the record whose one half the others wait for.

## How precision is kept

Only stated relations are followed; text that merely mentions another record is no dependency. Each group is reported once,
and a list that leaves a step of it out is shown with it, not again by DS402.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.project.index import Project
from docsync.validator.onesided import LeftOut, left_out
from docsync.validator.rings import Step, rings
from docsync.validator.wording import at

CODE = "DS401"
NAME = "dependency-cycle"
SEVERITY = Severity.ERROR
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield one finding for each group of records, or of things without a home, that wait for each other."""
    for ring in rings(project):
        keys = {step.key for step in ring}
        yield _finding(project, ring, [one for one in left_out(project) if one.step in keys])


def _finding(project: Project, ring: Sequence[Step], odd: Sequence[LeftOut]) -> Finding:
    first, *rest = ring
    path = ", ".join((f"{first.source} waits for {first.target}", *(f"{step.source} for {step.target}" for step in rest)))
    by_field = (Related(step.place, f"{step.source} waits for {step.target} by this `{step.field}`") for step in rest)
    omitted = (Related(one.place, f"`{one.field}` of {one.other} leaves out {one.one}") for one in odd)
    return Finding(
        first.place,
        path if rest else f"{first.source} waits for itself",
        (*by_field, *omitted),
        verdict=Verdict.CONTRADICTED,
        evidence=tuple(_stated(project, step) for step in ring),
    )


def _stated(project: Project, step: Step) -> str:
    """Say where one step of a ring is stated, and by which side's field."""
    return f"{step.source} waits for {step.target}, as a `{step.field}` in {at(project, step.place)} says"
