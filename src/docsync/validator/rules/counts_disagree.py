"""Report a count that another count of the same things contradicts.

## What it does

Compares the numbers that a document, or several documents about the same things, give for one quantity: what is done of a
phase (`2/3 holes resolved`), how many there are in all (`Total tasks: 120`), how far a named part is (`Critical path: 2/4`),
how long all of it takes (`Estimated total time: 50 hours`).

## Why

The number was brought up to date in one place and forgotten in another, and each reader believes another one.

## Example

```text
docs/STATE.md:65:14 DS220 says 0/3 resolved for phase 1, but line 28 says 3/3
  docs/STATE.md:28:27 says 3/3
```

## What to do

Find out which number is right, and correct the others, or state it in one place only. A bound number
(`<!-- docsync:claim … -->`) or a generated table cannot drift.

## How precision is kept

Noun, state and what it is of must be the same, taken from the line itself, its item and its headings; where any of them names
several things or something else, the number is passed over. Only numbers of one moment are compared, and numbers of the past
that grow from top to bottom are how things went. Targets, estimates, changes, before and after, several numbers on one line,
ranges and `~N` that allow both values, and quantities with more than four values are passed over, and so is what there are
records of, since those tell (DS201). Two rows of one table, or two lines that follow each other, speak of two things, however
they are called, and so do two lines that add different words to one number. Across documents only numbers about now are
compared, of a numbered thing or of everything, where the documents call at least two things by the same id and name. The
number that fewer places give is reported, else the one that is behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.ties import Part, Tie, TieKind
from docsync.project.circles import in_circles
from docsync.project.derived import derived, flat
from docsync.project.disagreements import disagreements
from docsync.project.following import where
from docsync.project.index import Project
from docsync.project.names import names_of
from docsync.project.weighing import Agreement, Disagreement
from docsync.project.wordings import lemma
from docsync.validator.outvoted import results
from docsync.validator.vocabulary import nouns
from docsync.validator.wording import listing, plain

CODE = "DS220"
NAME = "counts-disagree"
SEVERITY = Severity.WARNING
KEEPS = False

_HOUR = 60


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the counts that other counts of the same things contradict, and confirm those that agree."""
    yield from flat(_in_circles, project)
    for document in _repeating(project).values():
        for tie in document.ties:
            if tie.kind is TieKind.REPEATED:
                yield Confirmation(document.path, (tie.span,)) if tie.holds else _of_durations(document, tie)


@derived(in_circles, names_of)
def _in_circles(project: Project, paths: tuple[str, ...]) -> tuple[Finding | Confirmation, ...]:
    judged = disagreements(project, paths)
    return tuple(result for one in judged if not _is_recorded(project, one) for result in results(one))


def _is_recorded(project: Project, judged: Disagreement | Agreement) -> bool:
    """Tell whether numbers count records, which DS201 holds them against."""
    return not _recorded(project).isdisjoint(stated.topic.noun for stated in judged.members)


@lru_cache(maxsize=2)
def _recorded(project: Project) -> frozenset[str]:
    return frozenset(lemma(noun) for noun in nouns(project))


@where
def _repeating(document: DocumentFacts) -> bool:
    return any(tie.kind is TieKind.REPEATED for tie in document.ties)


def _of_durations(document: DocumentFacts, tie: Tie) -> Finding:
    """Report a duration of all the work that another one contradicts."""
    said = listing(f"line {document.lines.line(part.span.start)} says {_hours(part)}" for part in tie.parts)
    return Finding(
        document.place(tie.span),
        f"says {plain(tie.stated.value)} {tie.noun} for all the work, but {said}",
        tuple(document.related(part.span, f"{part.label}: {_hours(part)}") for part in tie.parts),
        verdict=Verdict.CONTRADICTED,
        evidence=tie.why,
    )


def _hours(part: Part) -> str:
    """Write a duration of so many minutes in hours, or in minutes where it is less than one."""
    return f"{plain(part.value / _HOUR)} hours" if part.value >= _HOUR else f"{plain(part.value)} minutes"
