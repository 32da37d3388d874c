"""Report a file that somebody else kept changing while it was being written.

## What it does

Refuses to write a file that changed between reading and writing, after planning the change anew three times.

## Why

An editor that saves during a run must never lose what it saved. Its version stays, ours is dropped.

## Example

```text
docs/STATE.md:1:1 DS008 the file changed while it was being written, three times; run again when it is at rest
```

## What to do

Run the command again when the other program has finished.

## How precision is kept

The bytes are compared, not the time stamps, so a file that was only touched does not count as changed.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS008"
NAME = "file-changed"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
