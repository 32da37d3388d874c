"""Report a list of what a thing consists of that is outvoted by the others.

## What it does

Compares the ids that documents list in brackets as the parts of a numbered thing: `Phase 2 (H1, H2, H7)`, a row's
`2/3 (H1 ✅, H2 ✅, H11)`, `3 holes (H1, H2, H11)` below `Phase 2`.

## Why

The plan was changed in one place, and another still sends people to the old parts.

## Example

```text
docs/STATE.md:267:40 DS306 phase 2 has H7 here, but H11 elsewhere
```

## What to do

Correct the list that was left behind.

## How precision is kept

The lists must hold equally many ids, most of them the same, of one family; two other places must agree, or more than that give
the list that is reported. Lists of some of the parts say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.circles import circles
from docsync.project.following import each
from docsync.project.index import Project
from docsync.validator.wording import RELATED, listing

CODE = "DS306"
NAME = "members-disagree"
SEVERITY = Severity.WARNING
KEEPS = False

_OFTEN = 2
_OTHERS = re.compile(r"propagat|depend|block|remain", re.IGNORECASE)
_FAMILY = re.compile(r"\d.*")


class _Listed(Struct, frozen=True):
    entity: str
    members: frozenset[str]
    place: Place


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the lists of members that at least two others of the same thing contradict."""
    for lists in _by_thing(project).values():
        votes = Counter(one.members for one in lists)
        (usual, times), *_ = votes.most_common(1)
        if times >= _OFTEN:
            others = [other for other in lists if other.members == usual][:RELATED]
            for one in lists:
                if one.members != usual and votes[one.members] < times and _is_other(one.members, usual):
                    yield _finding(one, usual, others)


def _is_other(members: frozenset[str], usual: frozenset[str]) -> bool:
    """Tell whether two lists can stand for the same parts but for one that was exchanged, or few of many."""
    same = len(members & usual)
    families = {_FAMILY.sub("", name) for name in members | usual}
    return len(members) == len(usual) and same * 2 > len(usual) and len(families) == 1


def _finding(one: _Listed, usual: frozenset[str], others: Sequence[_Listed]) -> Finding:
    return Finding(
        one.place,
        f"{one.entity} has {listing(sorted(one.members - usual))} here, but {listing(sorted(usual - one.members))} elsewhere",
        tuple(Related(other.place, f"lists {listing(sorted(usual))}") for other in others),
        verdict=Verdict.CONTRADICTED,
        evidence=(
            f"{len(others)} places list {listing(sorted(usual))} as what {one.entity} consists of",
            f"this one lists as many, {listing(sorted(one.members))}, most of them the same",
        ),
    )


def _by_thing(project: Project) -> Mapping[tuple[str, str], Sequence[_Listed]]:
    found: dict[tuple[str, str], list[_Listed]] = {}
    for path, listed in _lists(project).items():
        for one in listed:
            found.setdefault((circles(project)[path], one.entity.casefold()), []).append(one)
    return found


@each
def _lists(document: DocumentFacts) -> tuple[_Listed, ...]:
    return (*_of_names(document), *_of_counts(document))


def _of_names(document: DocumentFacts) -> Iterator[_Listed]:
    for mention in document.mentions:
        if mention.name == "members" and mention.scope.comparable:
            yield _Listed(mention.entity, frozenset(mention.targets), document.place(mention.span))


def _of_counts(document: DocumentFacts) -> Iterator[_Listed]:
    """Give the ids that a count of a thing's parts lists, all of them."""
    for quantity in document.quantities:
        named = (quantity.entities or quantity.scope.entities)[:1] if len(quantity.listed) > 1 else ()
        if named and " " in named[0] and _is_whole(quantity):
            yield _Listed(named[0], frozenset(quantity.listed), document.place(quantity.span))


def _is_whole(quantity: Quantity) -> bool:
    """Tell whether a count lists all that it counts, and counts parts of what it stands under."""
    whole = quantity.total or quantity.count
    listed = whole is not None and whole.value == len(quantity.listed)
    return listed and quantity.scope.comparable and not quantity.qualifier and _OTHERS.search(quantity.text) is None
