"""Report a computed value in front matter that is out of date.

## What it does

Works out the values that a file's front matter declares as computed, and compares them with what stands there. `docsync:
{computed: [progress]}` rolls up the file's own record, or the whole project; `docsync: {computed: {open: holes.open}}` gives
each key an expression.

## Why

Site generators and dashboards read front matter, and nobody looks at it again.

## Example

```text
---
kind: phase
id: P2
progress: 33
docsync: {computed: [progress]}
---

docs/P2.md:4:11 DS212 `progress` says 33; it is 67
```

## What to do

Run `docsync regenerate`: it replaces just the value and keeps its form, a bare number, a percentage or a fraction.

## How precision is kept

The value was declared as computed, so there is nothing to guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Change, Confirmation, Finding, Fix, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.following import where
from docsync.project.index import Project
from docsync.validator.computed import Computed, computed

CODE = "DS212"
NAME = "computed-value-stale"
SEVERITY = Severity.ERROR
KEEPS = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the computed values that differ from what they should be, and confirm the others."""
    for document in _settling(project).values():
        for value in computed(project, document):
            yield _compared(document, value)


@where
def _settling(document: DocumentFacts) -> bool:
    return document.front_matter is not None and "docsync" in document.front_matter.entries


def _compared(document: DocumentFacts, value: Computed) -> Finding | Confirmation:
    place = document.place(value.span)
    if value.text is None:
        return Finding(place, f"`{value.key}` cannot be computed: {value.failure}")
    if value.text == value.present:
        return Confirmation(place.path, (place.span,))
    gap = "" if len(value.span) else " "  # nothing stands there yet, perhaps not even the space after the colon
    fix = Fix(f"write {value.text}", Safety.SAFE, (Change(place, gap + value.text),))
    said = f"says {value.present}" if value.present else "is empty"
    return Finding(place, f"`{value.key}` {said}; it is {value.text}", fix=fix, verdict=Verdict.CONTRADICTED)
