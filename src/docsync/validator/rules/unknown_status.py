"""Report a status word that is not in the vocabulary.

## What it does

Reports a record whose status is written in a word or sign that no status is known for.

## Why

Such a record is neither open nor done: it falls out of every count, and the total no longer adds up.

## Example

```text
**Status**: simmering

docs/H6.md:4:13 DS103 status: “simmering” is not a status
```

## What to do

Use a word of the vocabulary, or teach docsync yours: `[status.words]` and `[status.emoji]` in the configuration
map words and signs to statuses.

## How precision is kept

Only the status of a declared record is asked for; a column called Status in some other table may hold anything.
"""

from __future__ import annotations

from docsync.models.diagnostics import Severity
from docsync.validator.reported import reported

CODE = "DS103"
NAME = "unknown-status"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

check = reported(CODE)
