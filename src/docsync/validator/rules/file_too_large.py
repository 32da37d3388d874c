"""Report a file over the size that docsync reads.

## What it does

Refuses a file of more bytes than `max-file-size` allows (2,000,000 unless the configuration says otherwise).

## Why

A planning document of that size is a log or an export that fell into the folder, and reading it would hold up
every other check.

## Example

```text
docs/export.md:1:1 DS003 the file has 48,112,904 bytes, over the limit of 2,000,000; raise max-file-size to read it
```

## What to do

Exclude the file, split it, or raise `max-file-size`.

## How precision is kept

The size on disk decides.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS003"
NAME = "file-too-large"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
