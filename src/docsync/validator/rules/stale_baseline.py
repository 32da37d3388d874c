"""Report a finding of the baseline that no longer occurs.

## What it does

Compares the project's `.docsync-baseline.json`, which `docsync baseline` wrote, with what is found now, and reports each
finding in it that is gone, or that occurs less often.

## Why

What the baseline allows is not reported. A contradiction that was settled could come back, and nobody would hear of it.

## Example

```text
.docsync-baseline.json:4:4 DS902 no longer found in docs/STATE.md: DS301 phase 2 is in progress here
```

## What to do

Run `docsync baseline --prune`, which lowers the counts and never adds anything, and commit the file.

## How precision is kept

Findings are known by their file, their rule and what they say, without numbers and lines, so that they are known again when
the text around them, or the counted numbers, have changed. Files that were not asked about, or could not be read, are left
out.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS902"
NAME = "stale-baseline"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

check = reported(CODE)
