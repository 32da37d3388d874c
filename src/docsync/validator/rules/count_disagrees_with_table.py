"""Report a fraction that disagrees with the table or list beside it.

## What it does

Compares a fraction such as `5/7 tasks done` with the table or list right below or above it, or under it when it stands in a
heading, when that has exactly as many rows as the fraction's total and a status in every row; and a fraction under a name
(`Cranes: 4/5`) with the one table of the section that has this name. It needs no records.

## Why

A row is ticked off and the sum above the table is not; both are in sight of each other and nobody looks.

## Example

```text
docs/STATE.md:12:15 DS203 says 5/7 done; the rows below have 6 of 7: T1, T2, T3, T4, T5 and T7
```

## What to do

Correct the fraction, or let docsync generate it: `<!-- docsync:claim tasks.resolved/tasks.total -->`.

## How precision is kept

The total must be the number of rows, each row must name another entity and give a status that is understood, and nothing
but blank lines and the table's head may stand between. A table found by its section's name must say of each row how far it
is; what is begun may be counted or not. Where its rows are one more or less than the total, the count must be off by more
than one, and neither side may be done. Only text about now is compared. Where the number was already compared with the
project's records (DS201), the two are one finding.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.models.ties import Tie, TieKind
from docsync.project.index import Project
from docsync.validator.claims import living_quantities
from docsync.validator.counting import written
from docsync.validator.readings import OPEN, state_of
from docsync.validator.rosters import Entry, Roster, rosters
from docsync.validator.wording import RELATED, listing, plain
from docsync.validator.wording import said as status_word

CODE = "DS203"
NAME = "count-disagrees-with-table"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

_HEAD = 4
"""Lines from a fraction to the first row below it: a blank one, the header, the line of dashes."""

_FOOT = 2
"""Lines from the last row to a fraction below it: a blank one between."""

_ACCEPTED = {
    Status.RESOLVED.value: (frozenset({Status.RESOLVED}), frozenset({Status.RESOLVED, Status.CANCELLED})),
    OPEN: (
        frozenset(Status) - {Status.RESOLVED, Status.CANCELLED},
        frozenset(Status) - {Status.RESOLVED, Status.CANCELLED, Status.DEFERRED},
    ),
}


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the fractions that the table beside them, or in the section of their name, contradicts, and confirm the others."""
    for document in project.documents.values():
        for tie in document.ties:
            if tie.kind is TieKind.ROWS:
                yield Confirmation(document.path, (tie.span,)) if tie.holds else _of_section(document, tie)
        if document.quantities and (tables := rosters(document)):
            for quantity in living_quantities(document):
                if quantity.total and quantity.count and quantity.count.exact and not quantity.aim:
                    yield from _checked(project, document, quantity, tables)


def _checked(
    project: Project, document: DocumentFacts, quantity: Quantity, tables: Sequence[Roster]
) -> Iterator[Finding | Confirmation]:
    accepted = _ACCEPTED.get(state_of(quantity.state or "done", project.config.words))
    roster = _beside(document.lines.line(quantity.span.start), tables)
    if accepted is None or roster is None or quantity.total is None or quantity.total.value != len(roster.entries):
        return
    groups = [[entry for entry in roster.entries if entry.status in statuses] for statuses in accepted]
    if quantity.count and any(quantity.count.value == len(group) for group in groups):
        yield Confirmation(document.path, (quantity.span,))
    else:
        yield _finding(document, quantity, groups[0], roster)


def _beside(line: int, tables: Sequence[Roster]) -> Roster | None:
    """Find the one table that starts just below a line or ends just above it."""
    at = bisect_left(tables, line, key=lambda table: table.first)
    below = tables[at] if at < len(tables) and 0 < tables[at].first - line <= _HEAD else None
    above = tables[at - 1] if at and 0 < line - tables[at - 1].last <= _FOOT else None
    return (below or above) if not (below and above) else None


def _finding(document: DocumentFacts, quantity: Quantity, counted: Sequence[Entry], roster: Roster) -> Finding:
    below = roster.first > document.lines.line(quantity.span.start)
    which = f": {listing(entry.entity for entry in counted)}" if counted else ""
    return Finding(
        document.place(quantity.span),
        f"says {written(quantity)} {quantity.state or 'done'}; "
        f"the rows {'below' if below else 'above'} have {len(counted)} of {len(roster.entries)}{which}",
        tuple(document.related(entry.span, f"{entry.entity} is {status_word(entry.status)}") for entry in counted[:RELATED]),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"the {len(roster.entries)} rows beside the number are as many as its total",),
    )


def _of_section(document: DocumentFacts, tie: Tie) -> Finding:
    """Report a fraction that the table in the section of its name contradicts."""
    done = [part for part in tie.parts if part.value == 1]
    begun = sum(1 for part in tie.parts if 0 < part.value < 1)
    lines = [document.lines.line(part.span.start) for part in (tie.parts[0], tie.parts[-1])]
    said = f"{len(done)} are done{f' and {begun} begun' if begun else ''}"
    return Finding(
        document.place(tie.span),
        f"says {plain(tie.stated.value)} are done; of the {len(tie.parts)} rows on lines {lines[0]} to {lines[1]}, {said}",
        tuple(document.related(part.span, f"{part.label}: {plain(100 * part.value)}%") for part in tie.parts[:RELATED]),
        verdict=Verdict.CONTRADICTED,
        evidence=tie.why,
    )
