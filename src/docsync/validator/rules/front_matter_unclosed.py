"""Report front matter without its closing line.

## What it does

Refuses a file that opens front matter on its first line and never closes it with `---` or `...`.

## Why

Without the end, the whole document would be read as YAML, or the front matter as text.

## Example

```text
---
kind: phase
id: P2
# Phase 2

docs/P2.md:1:1 DS011 front matter is opened here and never closed; end it with a line of ---
```

## What to do

Close the front matter with a line of three dashes.

## How precision is kept

A first line of three dashes that no mapping follows is a thematic break, and is not reported.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS011"
NAME = "front-matter-unclosed"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
