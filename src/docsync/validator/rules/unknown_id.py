"""Report an id that no record bears.

## What it does

Reports a reference field (`blocked_by`, `phase`, `resolved`, …) that names a record that does not exist, and, as a warning, an
id in the text that looks like the project's own ids and is none. Ranges (`H1–H5`) are looked up one by one. So are numbered
things without a home: `Criterion R1.1`, where one document lists F1.1, Q1.1 and others, and none has R1.1.

## Why

A dependency on nothing holds nothing up: the check that should warn you is silently off.

## Example

```text
docs/holes.md:14:18 DS501 `blocked_by` of H6 names H91, which does not exist; did you mean H9?
```

## What to do

Correct the id, or give the record a home.

## How precision is kept

Only a word that matches the kind's id pattern, with a prefix that the kind's records use, is taken for an id. In text, the
document must also name at least one record of that kind that exists, history is passed over, and so is `P0` to `P4`, by which
people also mean priorities. What has no home must be called by its kind, by a word that the headings of the list have, too;
the list must be the only one of its folder, and hold three things of the same number or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Place, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import FieldSpec
from docsync.project.build import resolve
from docsync.project.following import Documents, carried
from docsync.project.graph import item_place
from docsync.project.index import Project
from docsync.project.names import names_of
from docsync.text.spans import Span
from docsync.validator.references import REFERENCES, looks_unknown, near, unknown
from docsync.validator.undefined import undefined
from docsync.validator.wording import named

CODE = "DS501"
NAME = "unknown-id"
SEVERITY = Severity.ERROR
KEEPS = False

_PRIORITY = re.compile(r"P[0-4]")


@carried(names_of)
def by_document(project: Project, documents: Documents) -> Mapping[str, tuple[Finding, ...]]:
    """Give what each document names that no record bears."""
    found = {path: tuple(_in_document(project, document)) for path, document in documents.items()}
    return {path: findings for path, findings in found.items() if findings}


def beyond(project: Project) -> Iterator[Finding]:
    """Yield the ids without a home that no document has."""
    yield from undefined(project)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield references to records that do not exist."""
    yield from chain.from_iterable(by_document(project).values())
    yield from beyond(project)


def _in_document(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    for record in document.records:
        yield from _in_record(project, record)
    if project.records:
        yield from _in_text(project, document)


def _in_record(project: Project, record: Record) -> Iterator[Finding]:
    spec = project.config.kinds.get(record.kind)
    fields = (field for field in spec.fields.values() if field.type in REFERENCES) if spec else ()
    for field in fields:
        yield from _in_field(project, record, field)


def _in_field(project: Project, record: Record, field: FieldSpec) -> Iterator[Finding]:
    for item in record.texts(field.name):
        if unknown(project, record, field, item):
            kinds = (field.target,) if field.target else tuple(project.by_kind)
            yield _finding(
                item_place(record, field.name, item),
                f"`{field.name}` of {named(record)} names {item}, which does not exist",
                near(project, kinds, item),
            )


def _finding(place: Place, message: str, meant: str, severity: Severity | None = None) -> Finding:
    question = f"; did you mean {meant}?" if meant else ""
    return Finding(place, message + question, verdict=Verdict.CONTRADICTED, severity=severity)


def _in_text(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    strange: list[tuple[Mention, str, str]] = []
    seen: set[str] = set()
    for mention in document.mentions:
        for name in (mention.entity, *mention.targets):
            if record := resolve(project, name, beside=document.path):
                seen.add(record.kind)
            elif mention.scope.living and (kind := _looks_like(project, name)):
                strange.append((mention, name, kind))
    seen.update(record.kind for record in document.records)
    reported: set[str] = set()
    for mention, name, kind in strange:
        if kind in seen and name not in reported:
            reported.add(name)
            place = document.place(_span(mention, name))
            yield _finding(
                place, f"{name} is named here, but no {kind} has that id", near(project, (kind,), name), Severity.WARNING
            )


def _span(mention: Mention, name: str) -> Span:
    return mention.entity_span if mention.entity_span and name == mention.entity else mention.span


def _looks_like(project: Project, name: str) -> str:
    """Give the kind that a name would be an id of, empty where it is none."""
    if _PRIORITY.fullmatch(name):
        return ""
    return next((kind for kind in project.by_kind if looks_unknown(project, kind, name)), "")
