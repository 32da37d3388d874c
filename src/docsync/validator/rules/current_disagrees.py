"""Report two places that call different phases the current one.

## What it does

Compares what a document calls current: `Current phase: Phase 3`, `### Phase 1 (Current)`.

## Why

The header was moved on and the section further down was not, so that the plan has two presents.

## Example

```text
docs/STATE.md:463:5 DS307 phase 1 is called current here, but phase 3 elsewhere
```

## What to do

Correct the place that was left behind: usually the one with the lower number.

## How precision is kept

Only explicit words count (`current`, `active`), each document is compared with itself, and text about the past or to be filled
in is passed over. Several phases that are called current by the same form, one below the other, run side by side.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.claims import Form, Mention
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.index import Project

CODE = "DS307"
NAME = "current-disagrees"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the phases that are called current beside a later one."""
    for document in project.documents.values():
        yield from _of_document(document)


def _of_document(document: DocumentFacts) -> Iterator[Finding]:
    keyed: dict[str, list[Mention]] = {}
    headed: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        if mention.name == "current" and mention.scope.living and _is_explicit(mention):
            word, _, number = mention.entity.partition(" ")
            kept = headed if mention.form is Form.HEADING else keyed
            if number.isdigit():
                kept.setdefault(word, []).append(mention)
    for word, heads in headed.items():
        keys = keyed.get(word, [])
        if len({mention.entity for mention in keys}) == 1 and len({mention.entity for mention in heads}) == 1:
            yield from _compared(document, heads[0], keys[0])


def _is_explicit(mention: Mention) -> bool:
    return "current" in mention.raw.casefold() or "active" in mention.raw.casefold()


def _compared(document: DocumentFacts, head: Mention, key: Mention) -> Iterator[Finding]:
    if head.entity == key.entity:
        return
    older, newer = sorted((head, key), key=lambda mention: int(mention.entity.partition(" ")[2]))
    yield Finding(
        document.place(older.span),
        f"{older.entity} is called current here, but {newer.entity} elsewhere",
        (document.related(newer.span, f"{newer.entity} is called current here"),),
        verdict=Verdict.CONTRADICTED,
        evidence=(
            f"a heading calls {head.entity} current, a key-value {key.entity}, and both speak of now",
            "no other place of this document calls another one current",
        ),
    )
