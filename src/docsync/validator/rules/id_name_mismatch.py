"""Report an id beside the name of another record.

## What it does

Where a document gives an id together with a name (`H3: BerthSchema`, a row with both columns), compares the name with the
title in the record's home.

## Why

One of the two is wrong, and each reader believes another one.

## Example

```text
docs/log.md:42:9 DS106 H3 is called BerthSchema here; H3 is TideCache, and BerthSchema is H6
```

## What to do

Correct the id or the name.

## How precision is kept

The name must be exactly the title of another record of the same kind. A name that is merely different may be a short form, a
description or a state, and says nothing for certain. Where there are no homes, both things must have their own names in at
least two places of documents that speak of the same things; a made-up name (`BerthOrder`) that is nobody's is reported where
one document gives the thing both names, and the other one is given at least twice as often and in three places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.project.names import while_records_last
from docsync.validator.entities import record_of
from docsync.validator.naming import called, misnamed, plain
from docsync.validator.wording import named

CODE = "DS106"
NAME = "id-name-mismatch"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the ids that stand beside another record's title, and confirm those beside their own."""
    yield from misnamed(project)
    if not _titles(project):
        return
    for document in project.documents.values():
        yield from _of_document(project, document)


@while_records_last
def _of_document(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    titles = _titles(project)
    return tuple(found for mention, given in called(document) for found in _checked(project, document, mention, given, titles))


@lru_cache(maxsize=2)
def _titles(project: Project) -> Mapping[tuple[str, str], Record | None]:
    """Map kind and title to the record that bears it, None where several do."""
    titles: dict[tuple[str, str], Record | None] = {}
    for record in project.records:
        if name := plain(record.title):
            key = (record.kind, name)
            titles[key] = record if key not in titles or titles[key] is record else None
    return titles


def _checked(
    project: Project, document: DocumentFacts, mention: Mention, given: str, titles: Mapping[tuple[str, str], Record | None]
) -> Iterator[Finding | Confirmation]:
    record = record_of(project, mention.entity, document.path)
    if record is None or not record.title:
        return
    if given == plain(record.title):
        yield Confirmation(document.place(mention.span))
        return
    other = titles.get((record.kind, given))
    if other and other.id != record.id:
        yield Finding(
            document.place(mention.span),
            f"{named(record)} is called {other.title} here; {named(record)} is {record.title}, and {other.title} is "
            f"{named(other)}",
            (Related(record.place, f"the home of {named(record)}"), Related(other.place, f"the home of {named(other)}")),
            verdict=Verdict.CONTRADICTED,
        )
