"""Report an ignore comment that silences nothing.

## What it does

Reports each code of a `<!-- docsync:ignore … -->` comment for which the block below gives no finding.

## Why

A comment that outlived its reason will hide the next fault, which nobody meant to hide.

## Example

```text
docs/STATE.md:11:1 DS901 nothing here to ignore for DS203
```

## What to do

Remove the comment, or correct the code: `docsync rules` lists them all.

## How precision is kept

A rule that the configuration turns off may be needed elsewhere, so comments that name it are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.project.index import Project
from docsync.validator.wording import listing

CODE = "DS901"
NAME = "unused-suppression"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield every suppression of a project; the run calls this last, with those left that silenced nothing."""
    for document in project.documents.values():
        for mark in document.suppressions:
            yield Finding(document.place(mark.span), f"nothing here to ignore for {listing(mark.codes)}")
