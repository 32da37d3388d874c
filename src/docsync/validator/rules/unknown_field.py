"""Mention a field that the record's kind does not know.

## What it does

Mentions, once for each kind and field, a key that the kind's schema does not declare. The field is kept and can
be used in views.

## Why

It is often a misspelling of a field that matters; a `blocked_bye` is checked by nobody.

## Example

```text
kind: hole
id: H6
blocked_bye: [H2]

docs/H6.md:3:1 DS104 a hole has no field `blocked_bye`; did you mean `blocked_by`?
```

## What to do

Correct the spelling, or declare the field in the configuration.

## How precision is kept

It is information, not a warning: it never fails a check.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS104"
NAME = "unknown-field"
SEVERITY = Severity.INFO
KEEPS = False

check = reported(CODE)
