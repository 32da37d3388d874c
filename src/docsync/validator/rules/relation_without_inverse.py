"""Report a relation that the other side's own list leaves out.

## What it does

Where one record says that it blocks another, or is blocked by it, looks up the list on the other side, when its home writes
one, and reports that the two do not agree.

## Why

Both lists are read as complete. Work starts too early when the one that is read leaves a blocker out.

## Example

```text
docs/holes.md:31:16 DS402 `blocks` of H2 leaves out H6, which says that it is blocked by H2
```

## What to do

Add the missing id, or remove the relation on the other side. Keeping one direction only is fine: docsync derives the other.

## How precision is kept

A home that does not write the other field at all has simply chosen one direction. A list that says it is not complete (`H1,
H2, …`, `and others`), and blockers that are settled, which lists often drop, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.records import Record
from docsync.models.schema import Role
from docsync.project.graph import Edge, one_sided
from docsync.project.index import Project
from docsync.validator.wording import named

CODE = "DS402"
NAME = "relation-without-inverse"
SEVERITY = Severity.WARNING
KEEPS = False

_INCOMPLETE = re.compile(
    r"…|\.\.\.|\betc\b|\bothers?\b|\bmore\b|\bmany\b|\beverything\b|\ball\b|\bmultiple\b|\bvarious\b", re.IGNORECASE
)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the lists that leave out what the other side states."""
    for edge in one_sided(project):
        if finding := _checked(project, edge):
            yield finding


def _checked(project: Project, edge: Edge) -> Finding | None:
    waiting, needed = project.by_id[edge.source][0], project.by_id[edge.target][0]
    forward = _states(project, waiting, edge.field)
    one, other = (waiting, needed) if forward else (needed, waiting)
    field = other.fields.get(edge.inverse)
    if field is None or _INCOMPLETE.search(field.raw) or (needed.status and needed.status.is_settled):
        return None
    says = "is blocked by" if forward else "blocks"
    return Finding(
        other.place_of(edge.inverse),
        f"`{edge.inverse}` of {named(other)} leaves out {named(one)}, which says that it {says} {named(other)}",
        (Related(edge.place, f"`{edge.field}` of {named(one)} names {named(other)}"),),
        verdict=Verdict.CONTRADICTED,
        help=f"add {one.id} there, or drop {other.id} here; one direction is enough",
    )


def _states(project: Project, waiting: Record, field: str) -> bool:
    """Tell whether the record that waits states the edge itself, by a field that says what it needs."""
    spec = project.config.kinds.get(waiting.kind)
    found = spec.fields.get(field) if spec else None
    return found is not None and found.role is Role.NEEDS
