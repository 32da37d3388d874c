"""Report front matter that is too long or too deep.

## What it does

Refuses front matter of over 64 KiB, or nested over 100 levels deep, before it is parsed.

## Why

Deep nesting can end a YAML parser by a crash that no program can catch.

## Example

```text
docs/plan.md:2:106 DS015 nested deeper than 100 levels
```

## What to do

Move the content into the document, or into a data file beside it.

## How precision is kept

No document that people write comes near either limit.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS015"
NAME = "front-matter-too-large"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
