"""Mention a field that the record's kind does not know.

## What it does

Mentions, once for each kind and field in a file, a key that the kind's schema does not declare. The field is kept and can be
used in views.

## Why

It is often a misspelling of a field that matters; a `blocked_bye` is checked by nobody.

## Example

```text
kind: hole
id: H6
blocked_bye: [H2]

docs/H6.md:3:1 DS104 holes have no field blocked_bye; it is kept as it is written
```

## What to do

Correct the spelling, or declare the field in the configuration.

## How precision is kept

It is information, not a warning: it never fails a check. A value that docsync computes itself (DS212) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Finding, Severity
from docsync.project.index import Project
from docsync.validator.computed import computed_keys
from docsync.validator.reported import reported

CODE = "DS104"
NAME = "unknown-field"
SEVERITY = Severity.INFO
KEEPS = False
ALONE = True

_reported = reported(CODE)


def check(project: Project) -> Iterator[Finding]:
    """Yield the unknown fields, but for those that docsync is asked to compute."""
    for finding in _reported(project):
        if finding.place not in computed_keys(project):
            yield finding
