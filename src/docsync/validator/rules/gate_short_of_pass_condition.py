"""Report a gate that is called passed while it falls short of its own pass condition.

## What it does

Reports a gate with a pass condition, by category or overall (`functional: all`, `performance: 80%`, `documentation: 2`), whose
status is passed although too few criteria of a category are met.

## Why

The condition was agreed on before anybody knew how the work would go. That is what makes it worth something.

## Example

```text
docs/gates.md:5:13 DS408 G1 has passed, but performance needs 3 of 4 (80%) and has 2
```

## What to do

Meet the criteria, change the condition openly, or take the pass back.

## How precision is kept

A share is rounded up to whole criteria, dropped criteria are left out, and a category without any checkbox says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.conditions import OVERALL
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.records import Record
from docsync.project.gates import Requirement, shortfalls
from docsync.project.index import Project
from docsync.validator.gating import boxes, passed_gates, unmet
from docsync.validator.wording import counted_out, listing, named

CODE = "DS408"
NAME = "gate-short-of-pass-condition"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the passed gates that their pass condition does not let pass."""
    for gate in passed_gates(project):
        short = [one for one in shortfalls(gate) if one.progress.total] if gate.values.get("pass_condition") else []
        if short:
            yield _finding(gate, short)


def _finding(gate: Record, short: list[Requirement]) -> Finding:
    categories = {one.category.casefold() for one in short}
    missing = [one for one in unmet(gate) if OVERALL in categories or one.category.casefold() in categories]
    return Finding(
        gate.place_of("status"),
        f"{named(gate)} has passed, but {listing(map(_lack, short))}",
        boxes(gate, missing or unmet(gate)),
        verdict=Verdict.CONTRADICTED,
        evidence=counted_out("not met", (one.text for one in missing or unmet(gate))),
    )


def _lack(one: Requirement) -> str:
    return f"{one.category} needs {one.needed} of {one.progress.total} ({one.wanted}) and has {one.progress.done}"
