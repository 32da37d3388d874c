"""What a drawing of the graph holds: boxes and arrows, what goes round in a circle, and what is named and not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from docsync.models.natural import Key, natural
from docsync.models.records import Record
from docsync.project.asking.links import Links, Missing, critical, links
from docsync.project.index import Project
from docsync.project.orders import components, shortest_cycle
from docsync.project.pointing import pointer


class Node(Struct, frozen=True):
    """Hold one box: a record, or a name that no record answers to."""

    name: str
    title: str
    status: str
    critical: bool
    missing: bool = False


class Arrow(Struct, frozen=True):
    """Lead from what is needed to what waits for it, both as places in the drawing's nodes."""

    start: int
    end: int
    critical: bool
    circular: bool


class Vain(Struct, frozen=True):
    """Say which record names something in vain."""

    name: str
    missing: Missing


class Drawing(Struct, frozen=True):
    """Hold what is drawn. `circles` are the cycles, each by the names along it; `missing` says who names what in vain.

    `alone` counts records that neither wait nor are waited for and are not drawn, `outside` the links that lead out of what
    was chosen.
    """

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    circles: tuple[tuple[str, ...], ...]
    missing: tuple[Vain, ...]
    alone: int
    outside: int


class Frame(Struct, frozen=True):
    """Say what to draw: records of some kinds (any work for none), the critical path alone, also unlinked ones.

    `phase` holds, by `id()`, what belongs to the one that was asked for, None for all.
    """

    kinds: tuple[str, ...] = ()
    phase: frozenset[int] | None = None
    critical: bool = False
    everything: bool = False


def draw(project: Project, frame: Frame) -> Drawing:
    """Choose the nodes and arrows: by kind and id, the critical path alone in the order of work."""
    web, path = links(project), critical(project, frame.kinds)
    chosen = _chosen(web, frame, path)
    inside = frozenset(chosen)
    pairs = [(need, place) for place in chosen for need in web.needs[place] if need in inside]
    steps = frozenset(pairwise(path))
    if frame.critical:
        pairs = [pair for pair in pairs if pair in steps]
    lost = [] if frame.critical else [(place, one) for place in chosen for one in web.missing.get(place, ())]
    linked = frozenset(place for pair in pairs for place in pair).union(place for place, _ in lost)
    shown = [place for place in chosen if frame.everything or place in linked]
    at = {place: number for number, place in enumerate(shown)}
    ghosts = {one: len(shown) + number for number, one in enumerate(dict.fromkeys((one.text, one.kind) for _, one in lost))}
    round_, rings = _circles(project, web, pairs)
    on_path = frozenset(path)
    return Drawing(
        (*(_node(project, web.records[place], critical=place in on_path) for place in shown), *map(_ghost, ghosts)),
        (
            *(Arrow(at[need], at[place], (need, place) in steps, (need, place) in round_) for need, place in pairs),
            *(_to_ghost(at[place], ghosts[one.text, one.kind], waits=one.need) for place, one in lost),
        ),
        rings,
        tuple(Vain(pointer(project, web.records[place]), one) for place, one in lost),
        len(chosen) - len(shown),
        _outside(web, chosen, inside) if (frame.kinds or frame.phase is not None) and not frame.critical else 0,
    )


def _chosen(web: Links, frame: Frame, path: tuple[int, ...]) -> list[int]:
    among: Iterable[int] = path if frame.critical else range(len(web.records))
    chosen = [
        place
        for place in among
        if (web.records[place].kind in frame.kinds if frame.kinds else _drawn(web, place))
        and (frame.phase is None or id(web.records[place]) in frame.phase)
    ]
    return chosen if frame.critical else sorted(chosen, key=lambda place: _order(web.records[place]))


def _order(record: Record) -> tuple[str, Key]:
    return record.kind, natural(record.id)


def _drawn(web: Links, place: int) -> bool:
    return web.is_work(place) or bool(web.needs[place] or web.waiting[place])


def _outside(web: Links, chosen: Sequence[int], inside: frozenset[int]) -> int:
    return sum(other not in inside for place in chosen for other in (*web.needs[place], *web.waiting[place]))


def _circles(
    project: Project, web: Links, pairs: Sequence[tuple[int, int]]
) -> tuple[frozenset[tuple[int, int]], tuple[tuple[str, ...], ...]]:
    """Give the pairs that are part of a cycle, and one whole cycle for each group of records that wait for each other."""
    graph: dict[str, list[str]] = {}
    for need, place in pairs:
        graph.setdefault(str(place), []).append(str(need))
        graph.setdefault(str(need), [])
    groups = [group for group in components(graph) if len(group) > 1 or group[0] in graph[group[0]]]
    group_of = {int(node): number for number, group in enumerate(groups) for node in group}
    circular = frozenset(pair for pair in pairs if pair[0] in group_of and group_of[pair[0]] == group_of.get(pair[1]))
    rings = (shortest_cycle(graph, sorted(group, key=int)) for group in groups)
    return circular, tuple(tuple(pointer(project, web.records[int(node)]) for node in ring) for ring in rings)


def _node(project: Project, record: Record, *, critical: bool) -> Node:
    title = "" if record.title == record.id else record.title
    return Node(pointer(project, record), title, record.status.value if record.status else "", critical)


def _ghost(name: tuple[str, str]) -> Node:
    return Node(name[0], f"no such {name[1] or 'record'}", "", critical=False, missing=True)


def _to_ghost(place: int, ghost: int, *, waits: bool) -> Arrow:
    start, end = (ghost, place) if waits else (place, ghost)
    return Arrow(start, end, critical=False, circular=False)
