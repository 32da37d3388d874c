"""Report front matter that is a list or a lone value.

## What it does

Refuses a file whose front matter is YAML but not `key: value` pairs.

## Why

Only keys can be fields of a record, so there is nothing that docsync, or most other tools, could read there.

## Example

```text
---
- H6
- H9
---

docs/list.md:2:1 DS014 front matter must be keys and values, not a list
```

## What to do

Give each value a key.

## How precision is kept

Empty front matter is allowed.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS014"
NAME = "front-matter-not-a-mapping"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
