"""Report the markers of an unresolved merge.

## What it does

Refuses a file in which both ends of a conflict, a line of seven `<` signs and one of seven `>` signs, stand.

## Why

Between the markers stand two truths at once. Counting records in there would count some twice, and rewriting a
number would choose a side in silence.

## Example

```text
docs/STATE.md:40:1 DS004 an unresolved merge conflict; resolve it first
```

## What to do

Resolve the conflict. docsync's merge driver settles those inside its own regions.

## How precision is kept

Both ends must be there, each with a name behind it as git writes it, because a lone row of signs is also the
underline of a heading.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS004"
NAME = "merge-conflict"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)
