"""Report a kind that nobody declared.

## What it does

Reports `kind:` or `records:` in front matter, or in the configuration, that names a kind which is neither built
in nor the project's own.

## Why

Without a kind there is no schema, so the document's records are not read at all.

## Example

```text
---
kind: whole
id: H6
---

docs/H6.md:2:7 DS107 there is no kind whole
```

## What to do

Correct the name, or declare the kind under `[tool.docsync.kinds]`.

## How precision is kept

It is reported only where the front matter otherwise looks like a record of docsync's; `kind:` is a common word.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS107"
NAME = "unknown-kind"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
