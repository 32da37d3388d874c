"""Report a gate that is called passed while criteria of it are not ticked.

## What it does

Reports a gate without a pass condition whose status is passed although not all of its criteria are met.

## Why

A gate is the one place where somebody looks before going on; a gate that passes with open criteria is no gate.

## Example

```text
docs/gates.md:5:13 DS407 G1 has passed, but 2 of its 14 criteria are not met
```

## What to do

Tick what is met, drop what no longer applies (`[~]`, or struck through), state a pass condition, or take the pass back.

## How precision is kept

Dropped criteria count as neither met nor open, and so do those put off in words (`deferred to phase 2`). A gate whose pass
condition allows for unmet criteria is DS408's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.validator.gating import boxes, passed_gates, unmet
from docsync.validator.wording import counted_out, named, verb

CODE = "DS407"
NAME = "gate-passed-with-unmet-criteria"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

_PUT_OFF = re.compile(
    r"\b(?:deferred|postponed|moved to|optional|nice to have|stretch|not applicable|n/a|waived|out of scope)\b", re.IGNORECASE
)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the passed gates whose criteria are not all met."""
    for gate in passed_gates(project):
        if not gate.values.get("pass_condition"):
            yield from _checked(gate)


def _checked(gate: Record) -> Iterator[Finding]:
    open_ = [criterion for criterion in unmet(gate) if not _PUT_OFF.search(f"{criterion.text} {criterion.category}")]
    # A gate where nothing at all is ticked is not kept by ticking: its boxes are the plan, and say nothing about now.
    if open_ and any(criterion.met for criterion in gate.criteria):
        total = sum(not criterion.dropped for criterion in gate.criteria)
        yield Finding(
            gate.place_of("status"),
            f"{named(gate)} has passed, but {len(open_)} of its {total} criteria {verb(len(open_))} not met",
            boxes(gate, open_),
            verdict=Verdict.CONTRADICTED,
            evidence=counted_out("not met", (criterion.text for criterion in open_)),
        )
