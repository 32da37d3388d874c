"""Report a stated number of lines that a file does not have.

## What it does

Compares `docs/GUIDE.md (120 lines)` with the file, and `src/feed.py:310` with the number of its last line.

## Why

The number is meant to show how much is there. A wrong one shows that the file was changed and the text was not read again.

## Example

```text
docs/STATE.md:27:34 DS504 src/feed.py is said to have 120 lines; it has 143
```

## What to do

Write the present number, or leave it out.

## How precision is kept

The file must be found without doubt and hold text. Rounded and approximate numbers stand for what is near them, and are
info where they are far off. One line more or less depends on how the last one is counted. What a closed account or an
archive says of a file was true then. A named line beyond the end of the file is info.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docsync.models.claims import Number
from docsync.models.diagnostics import Change, Confirmation, Finding, Fix, Related, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.references import Aim, Reference, Stance
from docsync.project.following import where
from docsync.project.index import Project
from docsync.validator.leads import file_of

CODE = "DS504"
NAME = "line-count-disagrees"
SEVERITY = Severity.WARNING
KEEPS = False

_ROUND = 50
_TENTH = Decimal("0.1")


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the stated lengths that files do not have, and confirm the others."""
    for document in _measuring(project).values():
        for reference in document.references:
            if reference.scope.comparable and (reference.length or reference.line):
                yield from _checked(project, document, reference)


@where
def _measuring(document: DocumentFacts) -> bool:
    return not document.moment and any(reference.length or reference.line for reference in document.references)


def _checked(project: Project, document: DocumentFacts, reference: Reference) -> Iterator[Finding | Confirmation]:
    path = file_of(project, document, reference) if reference.aim is not Aim.COMMIT else None
    actual = project.evidence.line_count(path) if path else None
    if path is None or actual is None or not _is_the_one(project, reference, path):
        return
    if reference.length and reference.length.upper is None:
        last = _last_line(project.documents.get(path), actual)
        yield _of_length(document, reference, reference.length, (path, actual), last)
    elif reference.line > actual and reference.scope.living and reference.stance is not Stance.HEDGED:
        yield Finding(
            document.place(reference.span),
            f"line {reference.line} of {path} is named, which has {actual} lines",
            severity=Severity.INFO,
        )


def _is_the_one(project: Project, reference: Reference, path: str) -> bool:
    """Tell whether no other file can be meant by a bare name."""
    return "/" in reference.target or path == reference.target or len(project.evidence.named(reference.target)) == 1


def _last_line(file: DocumentFacts | None, actual: int) -> tuple[Related, ...]:
    """Give the last line of a file that is a document itself: of others there is no text at hand to point into."""
    if file is None or file.refused or actual > file.lines.count:
        return ()
    return (file.related(file.lines.line_span(actual), f"line {actual} is its last"),)


def _of_length(
    document: DocumentFacts, reference: Reference, length: Number, file: tuple[str, int], last: tuple[Related, ...]
) -> Finding | Confirmation:
    path, actual = file
    place = document.place(length.span)
    if _admits(length, actual):
        return Confirmation(place.path, (place.span,))
    loose = not length.exact or length.value % _ROUND == 0
    return Finding(
        place,
        f"{path} is said to have {length.value} lines; it has {actual}",
        last,
        fix=Fix(f"write {actual}", Safety.UNSAFE, (Change(place, str(actual)),)),
        verdict=None if loose else Verdict.CONTRADICTED,
        severity=Severity.INFO if loose else None,
        evidence=(f"{path} was read just now; it has {actual} lines, and {reference.target} can mean no other file",),
    )


def _admits(length: Number, actual: int) -> bool:
    """Tell whether a number can stand for a length: a line more or less, or a tenth where it is visibly rounded."""
    if abs(length.value - actual) <= 1 or length.admits(Decimal(actual)):
        return True
    return length.value % _ROUND == 0 and abs(length.value - actual) <= length.value * _TENTH
