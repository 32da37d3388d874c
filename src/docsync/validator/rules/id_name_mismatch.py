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
from typing import Final

from msgspec import Struct

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.derived import bearers, derived, documents, entry, flat, held, stepped
from docsync.project.following import facet
from docsync.project.index import Project
from docsync.project.names import Names, names_of
from docsync.project.speaking import called as calling
from docsync.validator.entities import record_of
from docsync.validator.naming import called, misnamed, plain
from docsync.validator.wording import named

CODE = "DS106"
NAME = "id-name-mismatch"
SEVERITY = Severity.WARNING
KEEPS = False


@derived(documents, calling)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    """Give the ids that stand beside another record's title, and confirm those beside their own."""
    return tuple(found for mention, given in called(document) for found in _checked(project, document, mention, given))


beyond = misnamed


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the ids that stand beside another record's title, or beside the name of another thing without a home."""
    yield from flat(by_document, project)
    yield from beyond(project)


_titled: Final = facet(lambda record: (record.kind, record.title))


class _Titles(Struct, frozen=True):
    names: Names
    titled: object
    bearers: Mapping[tuple[str, str], str]


@stepped
def _known(project: Project, before: tuple[Project, _Titles] | None) -> _Titles:
    """Map kind and title to the id of the record that bears it; those that several bear are left out."""
    names, titled = names_of(project), _titled(project)
    if before and before[1].names is names and before[1].titled is titled:
        return before[1]
    found: dict[tuple[str, str], list[str]] = {}
    for record in project.records:
        if name := plain(record.title):
            found.setdefault((record.kind, name), []).append(record.id)
    ids = {key: bearing[0] for key, bearing in found.items() if len(bearing) == 1}
    return _Titles(names, titled, held(before[1].bearers if before else {}, ids))


def _titles(project: Project) -> Mapping[tuple[str, str], str]:
    return _known(project).bearers


def _bearer(project: Project, kind: str, name: str) -> Record | None:
    """Give the one record of a kind with a title."""
    found = entry(bearers, project, entry(_titles, project, (kind, name)) or "") or ()
    return next((record for record in found if record.kind == kind and plain(record.title) == name), None)


def _checked(project: Project, document: DocumentFacts, mention: Mention, given: str) -> Iterator[Finding | Confirmation]:
    record = record_of(project, mention.entity, document.path)
    if record is None or not record.title:
        return
    if given == plain(record.title):
        yield Confirmation(document.path, (mention.span,))
        return
    other = _bearer(project, record.kind, given)
    if other is not None and other.id != record.id:
        yield Finding(
            document.place(mention.span),
            f"{named(record)} is called {other.title} here; {named(record)} is {record.title}, and {other.title} is "
            f"{named(other)}",
            (Related(record.place, f"the home of {named(record)}"), Related(other.place, f"the home of {named(other)}")),
            verdict=Verdict.CONTRADICTED,
        )
