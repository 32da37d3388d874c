"""Whether documents that speak of the same things give one status to each thing that has no home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final, TypeAlias

from docsync.models.diagnostics import Finding, Related, Verdict
from docsync.project.entities import BEGUN, Entity, Stated, advancement, entities, same, thing
from docsync.project.index import Project
from docsync.validator.clashes import clash
from docsync.validator.wording import listing, said

_TRIED: Final = 8
"""With how many of the furthest statuses each is compared, so that thousands of rows about one thing stay cheap."""

_SHOWN: Final = 6
"""How many of the places that contradict a status a finding points at."""

_Odd: TypeAlias = tuple[Stated, tuple[tuple[Stated, str], ...]]
"""A status and those that contradict it, each with the reason."""


def against_peers(project: Project) -> Iterator[Finding]:
    """Compare the statuses of each thing: where the work is furthest is the truth, since one is forgotten, not invented."""
    for circle in entities(project).values():
        for entity in circle.values():
            yield from _of_entity(entity)


def _of_entity(entity: Entity) -> Iterator[Finding]:
    """Give one finding for each document that the furthest statuses contradict."""
    furthest = (*entity.living[:_TRIED], *entity.over[-_TRIED:])
    odd: dict[str, list[_Odd]] = {}
    for stated in entity.living:
        others = tuple(islice(_contradicting(stated, furthest), _SHOWN))
        if others:
            odd.setdefault(stated.path, []).append((stated, others))
    for places in odd.values():
        places.sort(key=lambda place: place[0].mention.span)
        yield _finding(places)


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
    entity = stated.mention.entity
    (first, reason), *_ = others
    where = "elsewhere" if stated.path == first.path else f"in {first.path}"
    again = {other.line: other for other, _ in more if other.line != stated.line}
    known = {(other.path, other.line): other for _, found in places for other, _ in found}
    contrary = sorted(known.values(), key=lambda other: other.path != stated.path)[: 2 * _SHOWN]
    pointed = (*again.values(), *contrary)
    return Finding(
        stated.place,
        f"{_named(entity)} is {said(stated.status)} {_here(stated, again)}, but {said(first.status)} {where}: {reason}",
        tuple(Related(other.place, f"{_named(entity)} {_verb(other)} {said(other.status)} here") for other in pointed),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"both places speak of `{_named(entity)}`, which has no home", _moment(first)),
    )


def _here(stated: Stated, again: Mapping[int, Stated]) -> str:
    """Tell where else the status is given, `here and on line 9`, and where another of the kind: `here, ready on line 9`."""
    lines: dict[str, list[str]] = {}
    for line in sorted(again):
        lines.setdefault(said(again[line].status), []).append(str(line))
    same_word = lines.pop(said(stated.status), None)
    here = f"here and {_on(same_word)}" if same_word else "here"
    return ", ".join((here, *(f"{word} {_on(more)}" for word, more in sorted(lines.items()))))


def _on(lines: Sequence[str]) -> str:
    return f"on line{'s' if len(lines) > 1 else ''} {listing(lines)}"


def _named(entity: str) -> str:
    """Write the id of a thing as documents do, `H6` for `hole h6`; what only has a number keeps its word."""
    found = thing(entity)
    return found.upper() if found != entity.casefold() else entity


def _verb(stated: Stated) -> str:
    return "is" if stated.mention.scope.living else "was"


def _moment(stated: Stated) -> str:
    as_of = stated.mention.scope.as_of
    return f"what was done as of {as_of} stays done" if as_of else "both speak of now"
