"""Report a count that disagrees with the items it announces.

## What it does

Counts what a heading, a lead-in, a bracket of ids or a summary announces, and compares: `### Schemas (4 files)` and the
files below it, `Wrote 3 guides:` and its list, `Done: 5 (H1, H4, H6)` and its ids, `Phase 2: 14 tasks` and the boxes in
the section of that name, `12 tasks marked [P]` and the boxes that bear the marker.

## Why

Items are added to a list and the number above it stays; whoever reads only the number plans with the wrong one.

## Example

```text
docs/STATE.md:12:15 DS206 says 4 files; 5 are listed: store.py, queue.py, index.py, lock.py and main.py
```

## What to do

Correct the number, or add the item that was forgotten.

## How precision is kept

Counted are only items that are what the noun says: files for `files`, commits for `commits`, boxes for `tasks`, ids of one
family, a numbered list, or bullets of one sort under a line that says no more than how many they are (`Three tides:`).
Items that stand for several (`T1–T9`, `*.py`, `and others`) are taken to be as many as the number
needs. Partial lists (`including`, `such as`), aims, estimates (`~5`, `5+`), templates, and items with counts of their own are
passed over. Where few items are listed for a large number, many for a small one, or how
many there are can hardly be told, the finding is only info.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.ties import Tie, TieKind
from docsync.project.index import Project
from docsync.validator.likeness import is_misread
from docsync.validator.wording import RELATED, SHOWN, listing, plain

CODE = "DS206"
NAME = "count-disagrees-with-items"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the counts that their items contradict, and confirm the others."""
    for document in project.documents.values():
        ties = [tie for tie in document.ties if tie.kind is TieKind.ITEMS and tie.scope.comparable]
        for tie in ties:
            if tie.holds:
                yield Confirmation(document.path, (tie.span,))
        for same in _grouped(tie for tie in ties if not tie.holds):
            yield _finding(document, same)


def _grouped(ties: Iterable[Tie]) -> Iterable[Sequence[Tie]]:
    """Put what says the same of the same items together: a summary's row and its bullet are one contradiction."""
    groups: dict[object, list[Tie]] = {}
    for tie in ties:
        first = tie.parts[0].span if tie.parts else tie.span
        groups.setdefault((first, len(tie.parts), tie.stated.value), []).append(tie)
    return groups.values()


def _finding(document: DocumentFacts, same: Sequence[Tie]) -> Finding:
    tie = same[0]
    noun = f" {tie.noun}" if tie.noun else ""
    found = plain(tie.low) if tie.low == tie.high else f"{plain(tie.low)} to {plain(tie.high)}"
    parts = [document.related(part.span, part.label if part.value else "in this section") for part in tie.parts[:RELATED]]
    return Finding(
        document.place(tie.span),
        f"says {plain(tie.stated.value)}{noun}; {found} {'is' if found == '1' else 'are'} listed: {_names(tie)}",
        (*parts, *_again(document, same)),
        verdict=Verdict.CONTRADICTED,
        severity=None if tie.sure and not is_misread(tie) else Severity.INFO,
        evidence=tie.why,
    )


def _names(tie: Tie) -> str:
    """Name what was counted; of many boxes a tie holds only the first ones."""
    counted = [part for part in tie.parts if part.value]
    more = int(tie.low) - sum(int(part.value) for part in counted)
    if more > 0:
        return f"{', '.join(part.label for part in counted[:SHOWN])} and {more + len(counted) - len(counted[:SHOWN])} more"
    return listing(part.label for part in counted)


def _again(document: DocumentFacts, same: Sequence[Tie]) -> Iterator[Related]:
    for tie in same[1 : RELATED + 1]:
        yield document.related(tie.span, f"says {plain(tie.stated.value)} too")
