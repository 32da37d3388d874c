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
to go`). A range allows what lies between its ends, `~N` a tenth less and more. A percentage that names something else
(`4/29 passing, 66% coverage`), `N+` and changes are passed over. Text about the past is compared too, since a fraction and its
percentage are of the same moment. What misses by less than one point is information only: most often it is the share of
slightly fewer, such as the tests that were not skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from docsync.models.claims import Number, Quantity
from docsync.models.diagnostics import Finding, Safety, Severity, Verdict
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
ALONE = True

_ROUGHLY = Decimal("0.1")
_OTHER = re.compile(
    r"%\s*(?:of (?:the )?(?!(?:all|total)\b)\w+\s+)?(?:\w+\s+){0,2}?"
    r"(?:coverage|cover|confidence|accuracy|faster|slower|more|less|fewer|reduction|increase|growth|improvement|budget|cpu|"
    r"branch|line|lines|statements|hit|utili[sz]ation|memory|overlap|similarity|target|goal)\b"
    r"|(?:\b(?:coverage|confidence|accuracy|target|goal|branch)\b|覆盖率|覆蓋率|カバレッジ)[^\d%]{0,12}\d+(?:\.\d+)?\s*%",
    re.IGNORECASE,
)


def check(project: Project) -> Iterator[Finding]:
    """Yield the percentages that their fractions contradict.

    One that fits confirms nothing: the fraction may be wrong all the same.
    """
    for document in project.documents.values():
        for quantity in document.quantities:
            if not quantity.binding and quantity.scope.comparable:
                yield from _checked(document, quantity, project.config.words)


def _checked(document: DocumentFacts, quantity: Quantity, words: Mapping[str, Status]) -> Iterator[Finding]:
    count, total, percent = quantity.count, quantity.total, quantity.percent
    if count is None or total is None or percent is None or not (total.exact and percent.exact) or count.at_least:
        return
    if not total.value:
        return
    low, high = (100 * end / total.value for end in _ends(count))
    if _lies_between(percent, low, high) or _lies_between(percent, 100 - high, 100 - low):
        return
    if _of_done(quantity, words) and not _OTHER.search(quantity.text):
        yield _finding(document, quantity, percent, low, high)


def _lies_between(percent: Number, low: Decimal, high: Decimal) -> bool:
    return low <= percent.value <= high or percent.admits(low) or percent.admits(high)


def _ends(count: Number) -> tuple[Decimal, Decimal]:
    """Give the least and the most that a count may be: a range's ends, a tenth less and more of `~N`."""
    low, high = count.value, count.value if count.upper is None else count.upper
    return (low * (1 - _ROUGHLY), high * (1 + _ROUGHLY)) if count.approximate else (low, high)


def _of_done(quantity: Quantity, words: Mapping[str, Status]) -> bool:
    """Tell whether fraction and percentage count the same: `4/4 queued (0%)` is none."""
    return state_of(quantity.state, words) in ("", OPEN, Status.RESOLVED.value)


def _finding(document: DocumentFacts, quantity: Quantity, percent: Number, low: Decimal, high: Decimal) -> Finding:
    count, total = (_written(number) for number in (quantity.count, quantity.total) if number)
    share = f"{plain(low)}%" if low == high else f"{plain(low)}% to {plain(high)}%"
    return Finding(
        document.place(quantity.span),
        f"says {count}/{total} is {plain(percent.value)}%; it is {share}",
        fix=correction(document.path, quantity, (Wrong(percent, low),), Safety.UNSAFE) if low == high else None,
        verdict=Verdict.CONTRADICTED,
        severity=gravity(percent, min(low, high, key=lambda share: abs(share - percent.value))),
        evidence=(f"{count} of {total} is {share}, and neither rounding nor cutting off gives what is written",),
    )


def _written(number: Number) -> str:
    """Give a number as it was written: `3-4`, `~5`, `7`."""
    written = plain(number.value) if number.upper is None else f"{plain(number.value)}-{plain(number.upper)}"
    return f"~{written}" if number.approximate else written
