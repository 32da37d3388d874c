"""Which records a question is about, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from docsync.models.natural import NOTHING, Key, natural
from docsync.models.records import Record
from docsync.project.asking.conditions import Test, condition_test, parse_conditions, status_test
from docsync.project.asking.fields import Fields, phase_text
from docsync.project.asking.links import links
from docsync.project.index import Project
from docsync.project.names import number_of
from docsync.project.pointing import Unfound, point

_NUMBER: Final = re.compile(r"[1-9]\d*(?:\.\d+)*")


class Wanted(Struct, frozen=True):
    """Say which records are wanted: of some kinds, of one of some statuses, of a phase, under conditions; in what order."""

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    phase: str = ""
    where: tuple[str, ...] = ()
    sort: str = ""


def choose(project: Project, wanted: Wanted) -> tuple[Record, ...]:
    """Give the wanted records, in document order where none is asked for.

    Raises Unanswerable for a field, a status or a condition without sense, Unfound for a phase that there is not.
    """
    fields = Fields(project, wanted.kinds)
    tests: list[Test] = []
    if wanted.statuses:
        tests.append(status_test(project, wanted.statuses))
    if wanted.phase:
        inside = phase_named(project, wanted.phase)
        tests.append(lambda record: id(record) in inside)
    tests += [condition_test(fields, one) for text in wanted.where for one in parse_conditions(text)]
    chosen = [record for record in fields.records if all(test(record) for test in tests)]
    return ordered(fields, chosen, wanted.sort)


def phase_named(project: Project, name: str) -> frozenset[int]:
    """Give what belongs to the phase that somebody names, each record by its `id()`.

    Where no document declares phases, that is what says so of itself, such as `Phase: 3` or `Target phase: Phase 3 (May)`.
    Raises Unfound for a phase that there is not.
    """
    undeclared = {} if project.by_kind.get("phase") else said_phases(project)
    if undeclared:
        number = _NUMBER.search(name)
        if number and number[0] in undeclared:
            return frozenset(map(id, undeclared[number[0]]))
        known = ", ".join(f"Phase {each}" for each in undeclared)
        raise Unfound(f"no record says that it is in phase {name}, and no document declares phases; records name {known}")
    return in_phase(project, point(project, name, "phase"))


def said_phases(project: Project) -> dict[str, tuple[Record, ...]]:
    """Give, by number and in its order, what says of itself that it is in a phase."""
    found: dict[str, list[Record]] = {}
    for record in project.records:
        if number := _NUMBER.search(phase_text(record)):
            found.setdefault(number[0], []).append(record)
    return {number: tuple(found[number]) for number in sorted(found, key=natural)}


def in_phase(project: Project, phase: Record) -> frozenset[int]:
    """Give a phase and all that belongs to it, each by its `id()`."""
    web = links(project)
    place = web.of(phase)
    return frozenset({id(phase), *(id(web.records[part]) for part in web.members(place))})


def ordered(fields: Fields, records: Sequence[Record], sort: str) -> tuple[Record, ...]:
    """Sort records by fields, `-` before one for the reverse; what has nothing in a field comes last either way."""
    found = list(records)
    for part in reversed([part.strip() for part in sort.split(",") if part.strip()]):
        _sort(fields, found, fields.named(part.removeprefix("-")), falling=part.startswith("-"))
    return tuple(found)


def _sort(fields: Fields, records: list[Record], name: str, *, falling: bool) -> None:
    keys = {id(record): sort_key(fields, record, name) for record in records}
    records.sort(key=lambda record: keys[id(record)], reverse=falling)
    records.sort(key=lambda record: keys[id(record)][0] == NOTHING)


def sort_key(fields: Fields, record: Record, name: str) -> Key:
    """Give where a record's value stands in the order that people expect: H2 before H10, phases by number."""
    target = fields.target(record, name)
    if target is not None:
        return natural(number_of(target) or target.id)
    return natural(fields.of(record, name), status=name == "status")


def by_number(phases: Iterable[Record]) -> tuple[Record, ...]:
    """Give phases in the order of their numbers, those without any last."""
    return tuple(sorted(phases, key=lambda phase: natural(number_of(phase) or None)))
