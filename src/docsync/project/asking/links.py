"""What waits for what and what belongs to what, record by record: two that share an id stay two.

The graph of `project.graph` goes by ids, as diagnostics do; an answer must not show the needs of one plan's T1 beside those of
another's. Records are named by their places in `project.records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from docsync.models.records import Record
from docsync.models.schema import FieldSpec, KindSpec, Role
from docsync.models.status import Status
from docsync.project.build import resolve
from docsync.project.estimates import weights_by
from docsync.project.index import Project
from docsync.project.names import of_records
from docsync.project.orders import longest_from, longest_path
from docsync.project.parts import is_work, lists_parts

_WAITING: Final = "waiting"
_BELONGING: Final = "belonging"


class Missing(Struct, frozen=True):
    """Say that a record's field names something that no record answers to."""

    field: str
    text: str
    need: bool
    """The record waits for it; else it says that it waits for the record."""
    kind: str = ""
    """The only kind that would do, empty for any."""


class Links(Struct, frozen=True, eq=False):
    """Hold, by each record's place, what it waits for, what waits for it, what it belongs to and what belongs to it.

    `missing` holds what is named and not there.
    """

    records: tuple[Record, ...]
    place: Mapping[int, int]
    """The place of a record, by `id()` of the record: two may be equal."""
    needs: tuple[tuple[int, ...], ...]
    waiting: tuple[tuple[int, ...], ...]
    wholes: tuple[tuple[int, ...], ...]
    parts: tuple[tuple[int, ...], ...]
    missing: Mapping[int, tuple[Missing, ...]]
    work: frozenset[str]
    """The kinds that are work."""

    def of(self, record: Record) -> int:
        """Give a record's place."""
        return self.place[id(record)]

    def all(self, places: Iterable[int]) -> tuple[Record, ...]:
        """Give the records at some places."""
        return tuple(self.records[place] for place in places)

    def settled(self, place: int) -> bool:
        """Tell whether nothing more is expected of a record."""
        status = self.records[place].status
        return status is not None and status.is_settled

    def open(self, place: int) -> bool:
        """Tell whether work remains on a record."""
        status = self.records[place].status
        return status is not None and status.is_open

    def waits_for(self, place: int) -> tuple[int, ...]:
        """Give what a record needs and what is not settled."""
        return tuple(need for need in self.needs[place] if not self.settled(need))

    def held_up(self, place: int) -> tuple[int, ...]:
        """Give what waits for a record and is not settled; nothing where the record itself is settled."""
        return () if self.settled(place) else tuple(other for other in self.waiting[place] if not self.settled(other))

    def lacks(self, place: int) -> tuple[Missing, ...]:
        """Give the needs of a record that no record answers to."""
        return tuple(one for one in self.missing.get(place, ()) if one.need)

    def is_free(self, place: int) -> bool:
        """Tell whether a record waits for nothing."""
        return all(map(self.settled, self.needs[place])) and not self.lacks(place)

    def members(self, place: int) -> tuple[int, ...]:
        """Give all that belongs to a record, directly or through what lies between, nearest first and each once."""
        return _closure(self.parts, place)

    def owners(self, place: int) -> tuple[int, ...]:
        """Give all that a record belongs to, nearest first and each once."""
        return _closure(self.wholes, place)

    def is_work(self, place: int) -> bool:
        """Tell whether a record is work, which can wait for something."""
        return self.records[place].kind in self.work


@of_records
def links(project: Project) -> Links:
    """Link all records with each other; document order settles the order of everything."""
    records = project.records
    place = {id(record): at for at, record in enumerate(records)}
    needs: list[dict[int, None]] = [{} for _ in records]
    wholes: list[dict[int, None]] = [{} for _ in records]
    missing: dict[int, list[Missing]] = {}
    fields = {kind: _linking(project, spec) for kind, spec in project.config.kinds.items()}
    for at, record in enumerate(records):
        for field, edges, upward in fields.get(record.kind, ()):
            waits = edges == _WAITING
            for item in record.texts(field.name):
                other = resolve(project, item, field.target, beside=record.path)
                if other is not None:
                    low, high = (at, place[id(other)]) if upward else (place[id(other)], at)
                    (needs if waits else wholes)[low][high] = None
                elif waits:
                    missing.setdefault(at, []).append(Missing(field.name, item, upward, field.target))
    work = frozenset(kind for kind in fields if is_work(project, kind))
    return Links(
        records,
        place,
        _frozen(needs),
        _turned(needs),
        _frozen(wholes),
        _turned(wholes),
        {at: tuple(found) for at, found in missing.items()},
        work,
    )


@of_records
def divided(project: Project) -> frozenset[int]:
    """Give the places of what consists of other work, such as a phase with holes, since its work is that of its parts."""
    web = links(project)
    found: set[int] = set()
    for place, record in enumerate(web.records):
        if record.kind in web.work:
            queue = [owner for owner in web.wholes[place] if owner not in found]
            while queue:
                owner = queue.pop()
                if owner not in found and owner != place:
                    found.add(owner)
                    queue.extend(web.wholes[owner])
    return frozenset(found)


def critical(project: Project, kinds: Sequence[str] = ()) -> tuple[int, ...]:
    """Give the longest chain of records that wait for each other, the first to be done first; empty where nothing waits.

    As `graph.critical_path` has it: by estimates where all have one in comparable units, else by count; cancelled records
    and edges inside a cycle are left out. `kinds` restricts the graph, empty for all.
    """
    return _critical(links(project), frozenset(kinds)) if kinds else _of_all(project)


@of_records
def _of_all(project: Project) -> tuple[int, ...]:
    return _critical(links(project), frozenset())


def _critical(web: Links, kinds: frozenset[str]) -> tuple[int, ...]:
    eligible = [
        place
        for place, record in enumerate(web.records)
        if record.status is not Status.CANCELLED and (not kinds or record.kind in kinds)
    ]
    inside = frozenset(eligible)
    graph = {str(place): [str(need) for need in web.needs[place] if need in inside] for place in eligible}
    linked = {node for node, onward in graph.items() if onward}.union(*graph.values())
    inner = {node: onward for node, onward in graph.items() if node in linked}
    path = longest_path(inner, weights_by({node: web.records[int(node)] for node in inner}))
    return tuple(int(node) for node in reversed(path)) if len(path) > 1 else ()


def chains(web: Links) -> Mapping[int, int]:
    """Give, for each open record, how many steps of open work the longest chain has that begins with it."""
    graph = {
        str(place): [str(other) for other in web.waiting[place] if web.open(other)]
        for place in range(len(web.records))
        if web.open(place)
    }
    return {int(node): length for node, length in longest_from(graph).items()}


def reached(web: Links, place: int) -> tuple[int, ...]:
    """Give all unsettled records that wait for a record, directly or through others, nearest first."""
    return tuple(other for other in _closure(web.waiting, place) if not web.settled(other))


def _linking(project: Project, spec: KindSpec) -> tuple[tuple[FieldSpec, str, bool], ...]:
    """Give the fields of a kind that link records, in which way, and whether the record itself is what waits or belongs."""
    waiting = [
        (field, _WAITING, upward)
        for role, upward in ((Role.NEEDS, True), (Role.HOLDS, False))
        for field in spec.relations(role)
    ]
    belonging = [
        (field, _BELONGING, field.role is Role.PART_OF)
        for field in spec.fields.values()
        if field.role is Role.PART_OF or lists_parts(project, field)
    ]
    return (*waiting, *belonging)


def _closure(edges: tuple[tuple[int, ...], ...], place: int) -> tuple[int, ...]:
    seen = {place: None}
    queue = [place]
    for at in queue:
        fresh = [other for other in edges[at] if other not in seen]
        seen.update(dict.fromkeys(fresh))
        queue.extend(fresh)
    return tuple(queue[1:])


def _frozen(edges: list[dict[int, None]]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, edges))


def _turned(edges: list[dict[int, None]]) -> tuple[tuple[int, ...], ...]:
    turned: list[list[int]] = [[] for _ in edges]
    for at, others in enumerate(edges):
        for other in others:
            turned[other].append(at)
    return tuple(map(tuple, turned))
