"""Whether documents that speak of the same things give one status to each thing that has no home."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final, TypeAlias

from docsync.models.diagnostics import Confirmation, Finding, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.derived import derived, documents, flat
from docsync.project.entities import BEGUN, Circle, Entity, Stated, advancement, entities, same, snapshots
from docsync.project.index import Project
from docsync.project.things import thing
from docsync.validator.calling import stated_as
from docsync.validator.clashes import clash
from docsync.validator.wording import listing, verb

_TRIED: Final = 8
"""With how many of the furthest statuses each is compared, so that thousands of rows about one thing stay cheap."""

_SHOWN: Final = 6
"""How many of the places that contradict a status a finding points at."""

_Odd: TypeAlias = tuple[Stated, tuple[tuple[Stated, str], ...]]
"""A status and those that contradict it, each with the reason."""


def against_peers(project: Project) -> Iterator[Finding | Confirmation]:
    """Compare the statuses of each thing: where the work is furthest is the truth, since one is forgotten, not invented."""
    yield from flat(_in_circles, project)
    yield from flat(_in_accounts, project)


@derived(entities)
def _in_circles(_project: Project, circle: Circle) -> tuple[Finding | Confirmation, ...]:
    return tuple(_of_circle(circle))


@derived(documents)
def _in_accounts(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    found = tuple(snapshots(project, document))
    odd = (_finding(places) for entity in found for places in _of_entity(entity))
    return (*odd, *_borne_out(found))


def _of_circle(circle: Circle) -> Iterator[Finding | Confirmation]:
    found = [places for entity in circle.values() for places in _of_entity(entity)]
    yield from map(_finding, _joined(found))
    yield from _borne_out(circle.values())


def _borne_out(entities: Iterable[Entity]) -> Iterator[Confirmation]:
    """Confirm the statuses that another place gives the same thing, too."""
    for entity in entities:
        by_status: dict[Status, list[Stated]] = {}
        for stated in entity.living if len(entity.living) > 1 else ():
            by_status.setdefault(stated.status, []).append(stated)
        for alike in by_status.values():
            for stated in alike:
                others = (other for other in alike[:_TRIED] if (other.path, other.line) != (stated.path, stated.line))
                if any(same(stated, other) for other in others):
                    yield Confirmation(stated.path, (stated.mention.span,))


def _of_entity(entity: Entity) -> Iterator[list[_Odd]]:
    """Give, for each document that the furthest statuses contradict, its statuses."""
    furthest = (*entity.living[:_TRIED], *entity.over[-_TRIED:])
    odd: dict[str, list[_Odd]] = {}
    for stated in entity.living:
        others = tuple(islice(_contradicting(stated, furthest), _SHOWN))
        if others:
            odd.setdefault(stated.path, []).append((stated, others))
    for places in odd.values():
        yield sorted(places, key=lambda place: place[0].mention.span)


def _joined(found: Sequence[list[_Odd]]) -> Iterator[list[_Odd]]:
    """Join the things that one document gives one status and that one statement, which names them all, gives another."""
    groups: dict[Hashable, list[_Odd]] = {}
    for places in found:
        contrary = frozenset(other.place for _, others in places for other, _ in others)
        words = frozenset(stated_as(stated) for stated, _ in places)
        groups.setdefault((places[0][0].path, words, contrary), []).extend(places)
    for places in groups.values():
        yield sorted(places, key=lambda place: place[0].mention.span)


def _contradicting(stated: Stated, furthest: Sequence[Stated]) -> Iterator[tuple[Stated, str]]:
    """Give the statuses that contradict one, each with the reason; those of the own file first."""
    near = (other for other in furthest if other.path == stated.path)
    far = (other for other in furthest if other.path != stated.path and stated.mention.raw != BEGUN)
    for other in chain(near, far):
        if (stated.path, stated.line) == (other.path, other.line):
            continue  # two statuses on one line are one that was misread
        reason = clash(stated.status, other.status, stated.mention.raw, other.mention.raw)
        if reason and advancement(stated.status) < advancement(other.status) and same(stated, other):
            yield other, reason


def _finding(places: Sequence[_Odd]) -> Finding:
    (stated, others), *more = places
    (first, reason), *_ = others
    names = tuple(dict.fromkeys(_named(place.mention.entity) for place, _ in places))
    where = "elsewhere" if stated.path == first.path else f"in {first.path}"
    again = {other.line: other for other, _ in more if other.line != stated.line}
    known = {(other.path, other.line): other for _, found in places for other, _ in found}
    contrary = sorted(known.values(), key=lambda other: other.path != stated.path)[: 2 * _SHOWN]
    repeated = (_pointer(other, [_named(other.mention.entity)]) for other in again.values())
    return Finding(
        stated.place,
        f"{listing(names)} {verb(len(names))} {stated_as(stated)} {_here(stated, again)}, but {stated_as(first)} {where}: "
        f"{reason}",
        (*repeated, *(_pointer(other, names) for other in contrary)),
        verdict=Verdict.CONTRADICTED,
        evidence=tuple(_evidence(names, places)),
    )


def _here(stated: Stated, again: Mapping[int, Stated]) -> str:
    """Tell where else the status is given, `here and on line 9`, and where another of the kind: `here, ready on line 9`."""
    lines: dict[Status, list[Stated]] = {}
    for _, other in sorted(again.items()):
        lines.setdefault(other.status, []).append(other)
    same_status = lines.pop(stated.status, None)
    here = f"here and {_on(same_status)}" if same_status else "here"
    return ", ".join((here, *sorted(f"{stated_as(more[0])} {_on(more)}" for more in lines.values())))


def _on(places: Sequence[Stated]) -> str:
    return f"on line{'s' if len(places) > 1 else ''} {listing(str(one.line) for one in places)}"


def _named(entity: str) -> str:
    """Write the id of a thing as documents do, `H6` for `hole h6`; what only has a number keeps its word."""
    found = thing(entity)
    return found.upper() if found != entity.casefold() else entity


def _pointer(stated: Stated, names: Sequence[str]) -> Related:
    """Point at a place by what it says of these things."""
    be = verb(len(names)) if stated.mention.scope.living else ("was" if len(names) == 1 else "were")
    return Related(stated.place, f"{listing(names)} {be} {stated_as(stated)} here")


def _evidence(names: Sequence[str], places: Sequence[_Odd]) -> Iterator[str]:
    """Say why the places speak of the same, what each says in its own words, and of what time."""
    stated, others = places[0]
    of = f"both places speak of {listing(f'`{name}`' for name in names)}"
    home = next((one.path for one in (stated, *(other for other, _ in others)) if one.home), "")
    yield f"{of}, whose home is in {home}" if home else f"{of}, which {'has' if len(names) == 1 else 'have'} no home"
    shared = sorted(stated.named & others[0][0].named)
    if shared and stated.path != others[0][0].path:
        yield f"both documents name it with {listing(f'`{word}`' for word in shared)}"
    yield _moment(others[0][0])


def _moment(stated: Stated) -> str:
    as_of = stated.mention.scope.as_of
    return f"what was done as of {as_of} stays done" if as_of else "both speak of now"
