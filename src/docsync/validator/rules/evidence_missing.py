"""Report a record that names a file or commit as its proof which is not there.

## What it does

Looks for the files and commits that the fields `evidence`, `resolution` and `artifacts` of resolved records name, in front
matter and wherever else the text around them is not read for references (those are DS502's and DS505's).

## Why

What is called done rests on what shows it. A proof that was moved, renamed or never committed shows nothing.

## Example

```text
holes/H06.md:9:14 DS508 H6 is resolved, and its evidence tests/test_link.py is not there; tests/radio/test_link.py is
```

## What to do

Name the file or commit as it is now, or open the record again.

## How precision is kept

Only resolved records count, and only what is a path with an ending, or a commit, by itself or in a code span. A path is looked
for from the root, from the document, and in source folders. It is info where neither a file that it became nor its folder is
there, since a part of the tree may have been left out. Without sources nothing is said of source files, nor of commits without
the whole history.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.claims import LIVING, Form
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.references import Aim, Reference
from docsync.project.index import Project
from docsync.validator.leads import is_document, moved
from docsync.validator.proofs import Named, named_by, unread
from docsync.validator.wording import named as name_of

CODE = "DS508"
NAME = "evidence-missing"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the proofs that are not there, and confirm the others."""
    if not project.evidence.at_hand:
        return
    found = [
        (document, record, named)
        for record in project.records
        for named in named_by(record)
        if (document := project.documents.get(record.path)) and unread(document, named)
    ]
    unknown = project.evidence.unknown_commits({named.target for _, _, named in found if named.aim is Aim.COMMIT})
    for document, record, named in found:
        if named.aim is Aim.PATH:
            yield from _of_path(project, document, record, named)
        elif unknown is not None:
            yield _of_commit(document, record, named, missing=named.target in unknown)


def _of_commit(document: DocumentFacts, record: Record, named: Named, *, missing: bool) -> Finding | Confirmation:
    place = document.place(named.span)
    if not missing:
        return Confirmation(place.path, (place.span,))
    return Finding(
        place,
        f"{name_of(record)} is resolved, and its {named.field} names commit {named.target}, which is not in this repository",
        verdict=Verdict.CONTRADICTED,
        help="name the commit as it is now",
        evidence=("git was asked for it, in a repository with its whole history",),
    )


def _of_path(project: Project, document: DocumentFacts, record: Record, named: Named) -> Iterator[Finding | Confirmation]:
    evidence = project.evidence
    if not is_document(named.target) and not evidence.has_sources:
        return
    if evidence.find(named.target, document.path):
        yield Confirmation(document.path, (named.span,))
        return
    became = moved(evidence, Reference(Aim.PATH, named.target, named.span, LIVING, Form.FRONT_MATTER), document.path)
    sure = became is not None or ("/" in named.target and bool(evidence.beside(named.target)))
    instead = f"; {became.path} is" if became else ""
    yield Finding(
        document.place(named.span),
        f"{name_of(record)} is resolved, and its {named.field} {named.target} is not there{instead}",
        verdict=Verdict.CONTRADICTED if sure else None,
        severity=None if sure else Severity.INFO,
        help=f"write {became.path}, if that is meant" if became else "name the file as it is now",
        evidence=("it was looked for from the root, from the document, and in source folders",),
    )
