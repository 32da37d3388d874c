"""Report a run that found nothing to check.

## What it does

Reports that the documents that were read hold neither a record nor a claim.

## Why

A check that sees nothing ends like one that found nothing wrong. In CI nobody would notice that the path was mistyped.

## Example

```text
docs/README.md:1:1 DS903 nothing to check: 3 files hold no record and no claim
```

## What to do

Check the paths and `include` in the configuration, or declare the first record: `docsync init` shows how. Ignore the rule
where documents without any claim are what you want.

## How precision is kept

One record, number, status, date or checkbox anywhere is enough. Files in which reading found a fault are not called empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Place, Severity
from docsync.models.document import DocumentFacts
from docsync.project.index import Project
from docsync.text.spans import Span

CODE = "DS903"
NAME = "nothing-found"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield one finding, at the start of the first file, when no file holds anything to check."""
    if any(map(_holds_something, project.documents.values())):
        return
    first = next(iter(project.documents), ".")
    count = len(project.documents)
    files = "1 file holds" if count == 1 else f"{count} files hold"
    what = f"{files} no record and no claim" if count else "no file was found"
    yield Finding(Place(first, Span(0, 0)), f"nothing to check: {what}")


def _holds_something(document: DocumentFacts) -> bool:
    claims = document.quantities or document.runs or document.ties or document.dates or document.checklists or document.regions
    named = any(mention.name for mention in document.mentions)
    outside = document.references or document.positions
    return bool(document.troubles or document.records or claims or outside or named)
