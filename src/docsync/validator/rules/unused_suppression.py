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
from docsync.models.document import DocumentFacts, Suppression
from docsync.project.index import Project
from docsync.validator.wording import listing

CODE = "DS901"
NAME = "unused-suppression"
SEVERITY = Severity.WARNING
KEEPS = False


def check(_project: Project) -> Iterator[Finding | Confirmation]:
    """Yield nothing: which comments silence nothing is known when all other rules have run, and the run asks then."""
    yield from ()


def finding(document: DocumentFacts, mark: Suppression) -> Finding:
    """Report a comment, with those of its codes that silenced nothing."""
    return Finding(document.place(mark.span), f"nothing here to ignore for {listing(mark.codes)}")
