"""Report a percentage that does not follow from the fraction beside it.

## What it does

Works out the fraction of a claim such as `5/19 holes resolved (26.3%)` and compares it with the percentage.

## Why

The fraction is updated and the percentage forgotten, or the other way round; only one of the two can be right.

## Example

```text
docs/STATE.md:12:15 DS202 says 7/19 is 26.3%; it is 36.8%
```

## What to do

Find out which of the two was updated, and correct the other. Where records are counted, DS201 knows which one it is.

## How precision is kept

The percentage may be rounded or cut off at the decimals it is written with, and it may be that of the rest (`5/19 done, 74%
to go`). A percentage that names something else (`4/29 passing, 66% coverage`), ranges, `~N` and `N+`, and changes are
passed over. Text about the past is compared too, since a fraction and its percentage are of the same moment. What misses by
less than one point is information only: most often it is the share of slightly fewer, such as the tests that were not skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.validator.digits import Wrong, correction
from docsync.validator.near_shares import gravity
from docsync.validator.readings import OPEN, state_of
from docsync.validator.wording import plain

CODE = "DS202"
NAME = "percent-disagrees-with-fraction"
SEVERITY = Severity.ERROR
KEEPS = False

_OTHER = re.compile(
    r"%\s*(?:of (?:the )?(?!(?:all|total)\b)\w+\s+)?(?:\w+\s+){0,2}?"
    r"(?:coverage|cover|confidence|accuracy|faster|slower|more|less|fewer|reduction|increase|growth|improvement|budget|cpu|"
    r"branch|line|lines|statements|hit|utili[sz]ation|memory|overlap|similarity|target|goal)\b"
    r"|(?:\b(?:coverage|confidence|accuracy|target|goal|branch)\b|覆盖率|覆蓋率|カバレッジ)[^\d%]{0,12}\d+(?:\.\d+)?\s*%",
    re.IGNORECASE,
)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the percentages that their fractions contradict, and confirm the others."""
    for document in project.documents.values():
        for quantity in document.quantities:
            if not quantity.binding and quantity.scope.comparable:
                yield from _checked(document, quantity, project.config.words)


def _checked(document: DocumentFacts, quantity: Quantity, words: Mapping[str, Status]) -> Iterator[Finding | Confirmation]:
    count, total, percent = quantity.count, quantity.total, quantity.percent
    if count is None or total is None or percent is None or not (count.exact and total.exact and percent.exact):
        return
    if not total.value or _OTHER.search(quantity.text) or not _of_done(quantity, words):
        return
    actual = 100 * count.value / total.value
    if percent.admits(actual):
        yield Confirmation(document.place(quantity.span))
    elif not percent.admits(100 - actual):
        yield _finding(document, quantity, Wrong(percent, actual))


def _of_done(quantity: Quantity, words: Mapping[str, Status]) -> bool:
    """Tell whether fraction and percentage count the same: `4/4 queued (0%)` is none."""
    return state_of(quantity.state, words) in ("", OPEN, Status.RESOLVED.value)


def _finding(document: DocumentFacts, quantity: Quantity, wrong: Wrong) -> Finding:
    count, total = (plain(number.value) for number in (quantity.count, quantity.total) if number)
    share = f"{plain(wrong.actual)}%"
    return Finding(
        document.place(quantity.span),
        f"says {count}/{total} is {plain(wrong.number.value)}%; it is {share}",
        fix=correction(document.path, quantity, (wrong,), Safety.UNSAFE),
        verdict=Verdict.CONTRADICTED,
        severity=gravity(wrong.number, wrong.actual),
        evidence=(f"{count} of {total} is {share}, and neither rounding nor cutting off gives what is written",),
    )
