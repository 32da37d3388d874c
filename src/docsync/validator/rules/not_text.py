"""Report a file that is UTF-16 or holds a NUL character.

## What it does

Refuses a file that starts with the byte order mark of UTF-16, or that holds a NUL character anywhere.

## Why

Both come from a wrong export or a binary file with a Markdown name. Neither can be edited byte for byte by
offsets of its text.

## Example

```text
docs/notes.md:1:1 DS002 the file is UTF-16; save it as UTF-8
```

## What to do

Save the file as UTF-8, or exclude it when it is no Markdown at all.

## How precision is kept

Only the byte order mark and the NUL character count; no statistics over the bytes are made.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS002"
NAME = "not-text"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
