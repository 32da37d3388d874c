"""Report a phase that has begun before the gate of the phase before it has passed.

## What it does

Reports a phase whose status is in progress or resolved although the gate of the phase with the next lower number is still
open.

## Why

The gate is there to hold the next phase back. Either it was passed and nobody wrote it down, or it was not looked at.

## Example

```text
docs/phases.md:14:13 DS409 P3 is in progress, but gate G2, which ends P2 before it, is pending
```

## What to do

Pass the gate, or take the phase back to pending.

## How precision is kept

Phases follow each other by number, and a gate belongs to a phase only when one of the two says so. A gate without a status,
deferred or cancelled holds nothing back, and so does one of two gates that both belong to the phase before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.project.names import number_of
from docsync.project.parts import parts
from docsync.validator.calling import recorded_as
from docsync.validator.wording import named

CODE = "DS409"
NAME = "phase-begun-before-gate"
SEVERITY = Severity.WARNING
KEEPS = False

_BEGUN = (Status.IN_PROGRESS, Status.RESOLVED)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the phases that have begun behind an open gate."""
    phases = _numbered(project)
    for before, phase in pairwise(phases):
        gates = [part for part in parts(project).get(before.id, ()) if part.kind == "gate"]
        if phase.status in _BEGUN and len(gates) == 1 and _is_open(gates[0]):
            yield _finding(before, phase, gates[0])


def _numbered(project: Project) -> Sequence[Record]:
    """Give the phases in the order of their numbers, none where two have the same."""
    numbers = {phase.id: number_of(phase) for phase in project.by_kind.get("phase", ())}
    order = {key: _order(number) for key, number in numbers.items() if number}
    if len(set(order.values())) < len(order):
        return ()
    return [project.by_id[key][0] for key in sorted(order, key=order.__getitem__)]


def _order(number: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(part) for part in number.split("."))


def _is_open(gate: Record) -> bool:
    return gate.status is not None and gate.status.is_open


def _finding(before: Record, phase: Record, gate: Record) -> Finding:
    return Finding(
        phase.place_of("status"),
        f"{named(phase)} is {recorded_as(phase)}, but gate {gate.id}, which ends {named(before)} before it, is "
        f"{recorded_as(gate)}",
        (Related(gate.place_of("status"), f"gate {gate.id} is {recorded_as(gate)}"),),
        verdict=Verdict.CONTRADICTED,
        evidence=(
            f"{named(before)} is number {number_of(before)}, {named(phase)} is {number_of(phase)}, and none is between them",
            f"{gate.id} is the only gate of {named(before)}",
        ),
    )
