"""Report region markers that do not pair up.

## What it does

Reports a region that is never closed, an end without a begin, a region inside a region, an id used twice, and
markers whose attributes cannot be read. No region of that file is touched.

## Why

Guessing where a region ends would overwrite what somebody wrote by hand.

## Example

```text
<!-- docsync:begin phases view="status-table" kind="phase" -->

| Phase | Status |

docs/STATE.md:1:1 DS602 region "phases" never ends
```

## What to do

Close the region with `<!-- docsync:end phases -->` on its own line, and use each id once in a file.

## How precision is kept

Only comments that stand alone on their line, outside code, are markers; an example in a fence is text.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS602"
NAME = "malformed-region"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
