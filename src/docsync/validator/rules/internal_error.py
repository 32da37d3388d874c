"""Report a fault of docsync itself.

## What it does

Reports that docsync failed while it worked on one file or one rule. Everything else was still checked.

## Why

One bug must not keep the other findings from you, nor may it pass for a clean result.

## Example

```text
docs/STATE.md:1:1 DS900 docsync failed in rule DS201 count-disagrees-with-records: KeyError: 'phase'
```

## What to do

Please report it with the file, if you can share it; until then, ignore the rule or exclude the file.

## How precision is kept

It appears only when an exception was raised that no code foresaw.
"""

from __future__ import annotations

from docsync.models.diagnostics import Finding, Place, Severity
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.reported import reported

CODE = "DS900"
NAME = "internal-error"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

check = reported(CODE)


def crash(project: Project, part: str, error: Exception) -> Finding:
    """Make the finding for an exception in a part of docsync; it has no place, so the first file stands for it."""
    first = next(iter(project.documents), ".")
    return Finding(
        Place(first, Span(0, 0)),
        f"docsync failed in {part}: {type(error).__name__}: {error}",
        help="this is a fault of docsync, not of the documents; please report it",
    )
