"""Report an alias, an anchor, a merge key or a tag in front matter.

## What it does

Refuses front matter that uses YAML's aliases (`*a`), anchors (`&a`), merge keys (`<<`) or tags (`!x`).

## Why

A few hundred bytes of nested aliases keep a YAML parser busy for minutes, and tags can ask for objects to be
built. Planning documents need neither.

## Example

```text
---
id: &id H6
blocks: *id
---

docs/H6.md:2:5 DS013 an anchor, &id; write each value out
```

## What to do

Write the value out, or put it in quotes when the sign belongs to a text.

## How precision is kept

The parser's own events decide, so the signs inside quoted text are not reported. In a template, or where the front matter is
another tool's, it is info, and the rest of the file is read.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS013"
NAME = "front-matter-alias-or-tag"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
