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

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.following import Documents, carried, facet
from docsync.project.index import Project
from docsync.project.speaking import Spoken, number_of_record, while_records_stay
from docsync.project.speaking import called as calling
from docsync.validator.entities import record_of
from docsync.validator.naming import called, misnamed, plain
from docsync.validator.wording import named

CODE = "DS106"
NAME = "id-name-mismatch"
SEVERITY = Severity.WARNING
KEEPS = False


_titled: Final = facet(lambda record: record.title)


@lru_cache(maxsize=2)
def _called_so(project: Project) -> object:
    """Give what stands for how records are called, and for their titles."""
    return _pair(calling(project), _titled(project))


@lru_cache(maxsize=2)
def _pair(_calling: object, _titles: object) -> object:
    return object()


@carried(_called_so)
def _spoken(project: Project, documents: Documents) -> Mapping[str, Spoken[tuple[Mention, str]]]:
    """Give the titles beside ids that documents tell, each with the id's record and, where there is one, the title's."""
    titles = _titles(project)
    found = {path: tuple(_of_records(project, document, titles)) for path, document in documents.items()} if titles else {}
    return {path: told for path, told in found.items() if told}


def _of_records(
    project: Project, document: DocumentFacts, titles: Mapping[tuple[str, str], Record | None]
) -> Iterator[tuple[tuple[Mention, str], tuple[int, ...]]]:
    for mention, given in called(document):
        record = record_of(project, mention.entity, document.path)
        if record is not None and record.title:
            other = titles.get((record.kind, given))
            meant = (record, other) if other is not None and other is not record else (record,)
            yield (mention, given), tuple(number_of_record(project, one) for one in meant)


@while_records_stay(_spoken)
def by_document(
    project: Project, document: DocumentFacts, told: Spoken[tuple[Mention, str]]
) -> tuple[Finding | Confirmation, ...]:
    """Give the ids that stand beside another record's title, and confirm those beside their own."""
    return tuple(
        found
        for (mention, given), numbers in told
        for found in _checked(document, mention, given, [project.records[number] for number in numbers])
    )


beyond = misnamed


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the ids that stand beside another record's title, or beside the name of another thing without a home."""
    yield from chain.from_iterable(by_document(project).values())
    yield from beyond(project)


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
    document: DocumentFacts, mention: Mention, given: str, meant: Sequence[Record]
) -> Iterator[Finding | Confirmation]:
    record, *others = meant
    if given == plain(record.title):
        yield Confirmation(document.place(mention.span))
        return
    for other in others:
        if other.id != record.id:
            yield Finding(
                document.place(mention.span),
                f"{named(record)} is called {other.title} here; {named(record)} is {record.title}, and {other.title} is "
                f"{named(other)}",
                (Related(record.place, f"the home of {named(record)}"), Related(other.place, f"the home of {named(other)}")),
                verdict=Verdict.CONTRADICTED,
            )
