"""Report a file that could not be read.

## What it does

Reports that the system refused to open or read a file, with the system's own reason.

## Why

A file that is silently left out is taken for one that was checked.

## Example

```text
docs/locked.md:1:1 DS005 the file cannot be read: Permission denied
```

## What to do

Give the user who runs docsync the right to read it, or exclude it.

## How precision is kept

Only a file that is there, and that the choice of files includes, is reported; folders, pipes and devices are
passed over.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS005"
NAME = "unreadable-file"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
