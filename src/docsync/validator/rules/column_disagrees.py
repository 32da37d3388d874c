"""Report a count in a table that differs from what the document says elsewhere of the same thing.

## What it does

Where a table gives a count for each thing (`| F4 | Door | 2 kilns |`), and the text about these things gives such a count too
(`gives heat to 3 kilns`, below `F4: Door`), learns from the things for which the two agree that they count the same, and
reports those for which they do not.

## Why

The text about a thing is written with the thing at hand; its row in the overview was filled in long before.

## Example

```text
docs/kilns.md:17:18 DS222 says 2 kilns for F4, but line 10 says 3, and the two agree for 5 others
```

## What to do

Find out which number is right, and correct the other.

## How precision is kept

Column and text must count by one noun, and must agree for at least three other things, and for three times as many as they do
not. A thing for which either gives several numbers is passed over, and so are fractions, `~N`, `N+` and ranges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, TypeAlias

from docsync.models.claims import TEMPLATE, Form, Quantity
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.index import Project
from docsync.project.wordings import lemma

CODE = "DS222"
NAME = "column-disagrees"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

_FEWEST: Final = 3
_MANY: Final = 3
_MOST: Final = 40
"""How many columns and wordings of one document are compared, so that thousands of either stay cheap."""

_Series: TypeAlias = Mapping[str, Quantity]
"""The one count that a column, or a wording, gives for each thing."""


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the counts of columns that the text about the rows' things contradicts."""
    for document in project.documents.values():
        columns = _columns(document)
        wordings = _wordings(document) if columns else {}
        for (_, noun), column in columns.items():
            for (other, _), wording in wordings.items():
                if noun == other:
                    yield from _compared(document, column, wording)


def _columns(document: DocumentFacts) -> Mapping[tuple[str, str], _Series]:
    """Give the counts of the columns, by header and noun."""
    found: dict[tuple[str, str], list[tuple[str, Quantity]]] = defaultdict(list)
    for quantity in document.quantities:
        if quantity.form is Form.ROW and _counts(quantity) and quantity.entities:
            found[quantity.key.casefold(), lemma(quantity.noun)].append((quantity.entities[0].casefold(), quantity))
    return _kept(found)


def _wordings(document: DocumentFacts) -> Mapping[tuple[str, str], _Series]:
    """Give the counts that stand in the items or sections about things, by noun and the words beside it."""
    found: dict[tuple[str, str], list[tuple[str, Quantity]]] = defaultdict(list)
    for quantity in document.quantities:
        if quantity.form is not Form.ROW and _counts(quantity) and quantity.scope.entities:
            found[lemma(quantity.noun), quantity.qualifier].append((quantity.scope.entities[0].casefold(), quantity))
    return _kept(found)


def _kept(found: Mapping[tuple[str, str], list[tuple[str, Quantity]]]) -> Mapping[tuple[str, str], _Series]:
    """Give the first series that are long enough to learn from."""
    long = ((key, series) for key, pairs in found.items() if len(series := _single(pairs)) > _FEWEST)
    return dict(islice(long, _MOST))


def _counts(quantity: Quantity) -> bool:
    plain = quantity.count is not None and quantity.total is None and quantity.percent is None
    return plain and bool(quantity.noun) and not quantity.aim and quantity.scope.as_of != TEMPLATE and not quantity.binding


def _single(pairs: list[tuple[str, Quantity]]) -> _Series:
    """Give the counts of the things that have one value only, the first place of each."""
    values: dict[str, set[object]] = defaultdict(set)
    first: dict[str, Quantity] = {}
    for name, quantity in pairs:
        values[name].add(quantity.count.value if quantity.count else None)
        first.setdefault(name, quantity)
    return {name: quantity for name, quantity in first.items() if len(values[name]) == 1}


def _compared(document: DocumentFacts, column: _Series, wording: _Series) -> Iterator[Finding]:
    shared = [name for name in column if name in wording]
    odd = [name for name in shared if not _agree(column[name], wording[name])]
    agreeing = len(shared) - len(odd)
    if agreeing >= max(_FEWEST, _MANY * len(odd)):
        for name in odd:
            yield _finding(document, column[name], wording[name], agreeing)


def _agree(one: Quantity, other: Quantity) -> bool:
    if one.count is None or other.count is None:
        return True
    return one.count.admits(other.count.value) or other.count.admits(one.count.value)


def _finding(document: DocumentFacts, cell: Quantity, said: Quantity, agreeing: int) -> Finding:
    line = document.lines.line(said.span.start)
    name, given = cell.entities[0], said.count.value if said.count else ""
    return Finding(
        document.place(cell.span),
        f"says {cell.text.strip('* ')} for {name}, but line {line} says {given}, and the two agree for {agreeing} others",
        (document.related(said.span, f"says {said.text.strip()}"),),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"the column `{cell.key}` and the text about each thing count the same: they agree for {agreeing} others",),
    )
