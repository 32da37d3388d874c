"""Report a record without a field that its kind requires.

## What it does

Reports a record whose home leaves out a field that the kind declares as required.

## Why

A record without it takes part in no check that needs the field, and nobody would notice.

## Example

```text
kind: propagation
id: E4
to: [H7]

docs/E4.md:3:5 DS101 from is missing
```

## What to do

Add the field to the record's home, or make it optional in the configuration.

## How precision is kept

Only what the kind's own schema requires is asked for. The record is kept and counted meanwhile.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS101"
NAME = "missing-field"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
