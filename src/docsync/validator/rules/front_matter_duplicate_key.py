"""Report a key that the front matter holds twice.

## What it does

Refuses a file whose front matter has one key twice in one mapping, and names both lines.

## Why

YAML parsers keep one of the two in silence, usually the last; which one was meant only the author knows.

## Example

```text
---
id: H6
status: pending
status: resolved
---

docs/H6.md:4:1 DS012 the key status is given twice, on line 3 and on line 4
```

## What to do

Remove one of the two lines.

## How precision is kept

Keys are compared as written, in the same mapping only.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS012"
NAME = "front-matter-duplicate-key"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
