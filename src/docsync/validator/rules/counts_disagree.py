"""Report a count that another count of the same things contradicts.

## What it does

Compares the numbers that a document, or several documents about the same things, give for one quantity: what is done of a
phase (`2/3 holes resolved`), how many there are in all (`Total tasks: 120`), how far a named part is (`Critical path: 2/4`).

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
from itertools import chain

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.project.disagreements import counts, totals
from docsync.project.index import Project
from docsync.project.wordings import lemma
from docsync.validator.outvoted import results
from docsync.validator.vocabulary import nouns

CODE = "DS220"
NAME = "counts-disagree"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the counts that other counts of the same things contradict, and confirm those that agree."""
    recorded = {lemma(noun) for noun in nouns(project)}
    for judged in chain(counts(project), totals(project)):
        if not recorded & {stated.topic.noun for stated in judged.members}:
            yield from results(judged)
