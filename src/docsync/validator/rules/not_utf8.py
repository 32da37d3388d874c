"""Report a file whose bytes are not UTF-8.

## What it does

Refuses a file that cannot be decoded as UTF-8, and names the first wrong byte and its offset. Nothing else of
the file is read.

## Why

A tool that guesses an encoding, or replaces what it cannot read, writes a damaged file back. A file that is not
understood is left alone.

## Example

```text
docs/plan.md:12:8 DS001 not UTF-8: byte 0xe9 at offset 431; save the file as UTF-8
```

## What to do

Save the file as UTF-8 in the editor that made it, or convert it: `iconv -f latin1 -t utf-8`. To leave it out,
name it under `exclude` in the configuration.

## How precision is kept

The bytes decide; no heuristic is involved. A byte order mark is allowed and kept.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS001"
NAME = "not-utf8"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
