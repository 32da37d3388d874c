"""Report a field whose value has the wrong form.

## What it does

Reports a value that is not of the field's type: a date that is none, a number with letters, a word that the
enumeration does not list.

## Why

The value is not taken over into the record, so rules and views would go on without it.

## Example

```text
| ID | Task      | Wave  |
|----|-----------|-------|
| T4 | Write API | later |

docs/tasks.md:3:20 DS102 wave: expected a whole number, found “later”
```

## What to do

Correct the value, or declare the field with another type in the configuration.

## How precision is kept

An empty cell, a dash, `n/a` and `none` mean no value, and are never reported. Plain words where ids are expected (`Blocks: the
launch`) may be meant as they are, and are a note.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS102"
NAME = "invalid-field"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
