"""Report a file that docsync will not replace.

## What it does

Refuses to write to a file that is read-only, has a second hard link, or is reached through a symbolic link out
of the root.

## Why

Replacing such a file would break what its owner meant: a protected file would change, or two names would part
company.

## Example

```text
docs/STATE.md:1:1 DS007 the file has another hard link, so it is not replaced
```

## What to do

Make the file an ordinary one that may be written, or take its regions out.

## How precision is kept

The file's own attributes decide; it is only looked at when there is something to write.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS007"
NAME = "write-refused"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
