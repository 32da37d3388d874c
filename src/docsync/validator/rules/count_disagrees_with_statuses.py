"""Report a count by status that disagrees with the statuses stated in the same document.

## What it does

Compares `Total: 4/12 berths done` and `Blocked: 0` with what the same document says of each thing: its status line, its table,
its sections. It needs no records.

## Why

A summary is written once; the things that it sums up are ticked off one by one, somewhere else on the page.

## Example

```text
docs/STATE.md:30:12 DS208 says 4/12 berths are resolved; 6 are: B1 (line 4), B2 (line 4), B3 (line 4) and 3 more
```

## What to do

Correct the number; or correct the status of what is not done after all.

## How precision is kept

The things must be ids of one family (`B1`, `B2`), and the number must speak of that family: it lists them, its noun begins
with their letter, or a total beside it does. A number that names a part of them (`phase 2: 3 berths`) is passed over. Only
statements about now count, and only things of which nothing else is said, or which one line names together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from docsync.models.claims import Form, Mention, Quantity
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.claims import living_quantities, living_statuses
from docsync.validator.counting import written
from docsync.validator.readings import state_of
from docsync.validator.wording import RELATED, listing

CODE = "DS208"
NAME = "count-disagrees-with-statuses"
SEVERITY = Severity.ERROR
KEEPS = False

_FEWEST = 3
_NEAR = 4
_FAMILY = re.compile(r"([A-Z][A-Z-]{0,9}?)-?\d{1,4}")
_STATES: Final = (Status.RESOLVED, Status.BLOCKED)
_WHOLE_KEYS = frozenset({"", "total", "current", "overall", "progress", "status", "overall progress", "current status"})

_Places: TypeAlias = Mapping[str, Span]


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the counts by status that the document's own statuses contradict, and confirm the others."""
    if project.records:
        return  # DS201 counts them
    for document in project.documents.values():
        if document.quantities and (said := _Said(document)).families:
            for quantity in living_quantities(document):
                if quantity.count and quantity.count.exact and not quantity.aim:
                    state = state_of(quantity.state, project.config.words)
                    if state in _STATES:
                        yield from _checked(said, quantity, Status(state))


class _Said:
    """Hold what one document says now of the status of things, each question answered once."""

    def __init__(self, document: DocumentFacts) -> None:
        self.document = document
        self._known: dict[tuple[str, Status], tuple[_Places, _Places]] = {}

    @cached_property
    def families(self) -> Mapping[str, Mapping[str, Sequence[Mention]]]:
        """Give the things of each family with all that is said of them."""
        found: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        for mention in living_statuses(self.document):
            if family := _FAMILY.fullmatch(mention.entity):
                found[family[1]][mention.entity].append(mention)
        return {family: things for family, things in found.items() if len(things) >= _FEWEST}

    @cached_property
    def totals(self) -> Sequence[tuple[int, Quantity]]:
        """Give the totals of things with their lines: `Total berths: 12`."""
        found = (one for one in self.document.quantities if one.noun and one.key.casefold() == f"total {one.noun}")
        return [(self.line(one.span), one) for one in found]

    def line(self, span: Span) -> int:
        """Give the line of a span."""
        return self.document.lines.line(span.start)

    def held(self, family: str, status: Status) -> tuple[_Places, _Places]:
        """Give the things of which nothing is said but a status, and those that one line says to have it."""
        if (family, status) not in self._known:
            things = self.families[family]
            agreed = {name: said[0].span for name, said in things.items() if all(one.status is status for one in said)}
            self._known[family, status] = agreed, self._in_one_line(things, status)
        return self._known[family, status]

    def _in_one_line(self, things: Mapping[str, Sequence[Mention]], status: Status) -> _Places:
        """Give the things of the line that names most: `**Status**: B1 ✅ B2 ✅ B5 ✅`."""
        lines: dict[int, dict[str, Span]] = defaultdict(dict)
        for name, said in things.items():
            for one in said:
                if one.status is status and one.form is Form.KEY_VALUE:
                    lines[self.line(one.span)][name] = one.span
        most: _Places = max(lines.values(), key=len, default={})
        return most if len(most) >= _FEWEST else {}


def _checked(said: _Said, quantity: Quantity, status: Status) -> Iterator[Finding | Confirmation]:
    family = _family(said, quantity)
    if not family or quantity.count is None:
        return
    agreed, in_line = said.held(family, status)
    line = said.line(quantity.span)
    own = {name for name in quantity.listed if name in agreed and said.line(agreed[name]) == line}
    places = {name: span for name, span in agreed.items() if name not in own} if own else agreed
    stated = int(quantity.count.value)
    if len(in_line) > max(len(places), stated) and said.line(next(iter(in_line.values()))) != line:
        places = in_line
    if len(places) > stated:
        yield _finding(said, quantity, status, places)
    elif len(places) == stated:
        yield Confirmation(said.document.path, (quantity.span,))


def _family(said: _Said, quantity: Quantity) -> str:
    """Give the family that a number counts, empty where that is not certain."""
    if quantity.scope.entities or quantity.qualifier or quantity.rest or set(quantity.entities) - set(quantity.listed):
        return ""
    listed = {found[1] for name in quantity.listed if (found := _FAMILY.fullmatch(name))}
    if len(listed) == 1:
        family = listed.pop()
    elif quantity.noun:
        family = quantity.noun[0].upper() if quantity.key.casefold() in _WHOLE_KEYS else ""
    else:
        family = _beside(said, quantity)
    return family if family in said.families else ""


def _beside(said: _Said, quantity: Quantity) -> str:
    """Give the letter of what a total in the same run of key-values counts: `Total berths: 12` above `Blocked: 0`."""
    if quantity.form is not Form.KEY_VALUE or quantity.key.casefold() != quantity.state:
        return ""
    line = said.line(quantity.span)
    near = (one for at, one in said.totals if abs(at - line) <= _NEAR and one.scope == quantity.scope)
    return next((one.noun[0].upper() for one in near), "")


def _finding(said: _Said, quantity: Quantity, status: Status, places: _Places) -> Finding:
    noun = f" {quantity.noun}" if quantity.noun else ""
    state = status.value
    names = listing(f"{name} (line {said.line(span)})" for name, span in places.items())
    return Finding(
        said.document.place(quantity.span),
        f"says {written(quantity)}{noun} {state}; {len(places)} are: {names}",
        tuple(said.document.related(span, f"{name} is {state}") for name, span in list(places.items())[:RELATED]),
        verdict=Verdict.CONTRADICTED,
        evidence=(
            f"{len(places)} things of one family are called {state} in this document, and the number counts that family",
        ),
    )
