"""Report a file that could not be written.

## What it does

Reports that writing a file failed, with the system's own reason. The original is whole and the temporary file
is gone.

## Why

A full disk or a read-only folder must never cost a document, and a run that wrote only part of its files must
say so.

## Example

```text
docs/STATE.md:1:1 DS006 the file was not written: No space left on device
```

## What to do

Remove the cause and run `docsync regenerate` again: it picks up where it stopped.

## How precision is kept

It is reported only when the system call failed, after the original was proved to be in its place.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS006"
NAME = "write-failed"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
