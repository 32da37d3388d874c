"""Report a percentage that another percentage of the same thing contradicts.

## What it does

Compares how far a document says that one thing is: the percentages written for it, and those of the fractions that say how
much of it is done (`2/4 (50%)` against `75% complete`).

## Why

A summary says one figure, the table it sums up another; only one of them can be where things stand.

## Example

```text
docs/STATE.md:53:13 DS221 says 80% for critical path, but line 59 says 100%
  docs/STATE.md:59:31 says 5/5 (100%)
```

## What to do

Find out which of the two is right, and correct the other, or leave the percentage to one place.

## How precision is kept

Both must say how far the work on one thing is, named in the number's line, item or heading; percentages of coverage, success,
cost or time, those of the rest, targets, changes and several on one line are passed over. Only percentages of one document and
one moment are compared, and those of the past that grow from top to bottom are how things went. Rounding, cutting off, `~` and
ranges are allowed for. An overall percentage against the fraction of some things that are counted is `info`: the percentage
may have been weighed otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.project.derived import derived, flat
from docsync.project.disagreements import percents
from docsync.project.index import Project
from docsync.project.quantities import Stated, stated_numbers
from docsync.validator.outvoted import results

CODE = "DS221"
NAME = "percents-disagree"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the percentages that others of the same thing contradict, and confirm those that agree."""
    return flat(by_document, project)


@derived(stated_numbers)
def by_document(_project: Project, stated: tuple[Stated, ...]) -> tuple[Finding | Confirmation, ...]:
    """Give those of one document."""
    return tuple(result for judged in percents(stated) for result in results(judged))
