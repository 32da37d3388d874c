"""What waits for what: the dependency graph of a project's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docsync.models.diagnostics import Place
from docsync.models.records import Record
from docsync.models.schema import FieldSpec, Role
from docsync.models.status import Status
from docsync.project.build import resolve
from docsync.project.estimates import weights
from docsync.project.index import Project
from docsync.project.names import of_records, while_names_last
from docsync.project.orders import components, longest_path, shortest_cycle
from docsync.project.parts import is_divided, is_work
from docsync.text.spans import Span


@dataclass(frozen=True, slots=True)
class Edge:
    """Say that record `source` waits for record `target`, because `field` at `place` says so.

    The field is the source's own (`blocked_by`) or, read backwards, the target's (`blocks`). `target` is the reference as
    written where no record answers to it. `inverse` names the field of the other record that should say the same.
    """

    source: str
    target: str
    field: str
    place: Place
    inverse: str = ""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Hold an unsettled record with the unsettled records that wait for it, in document order."""

    record: Record
    waiting: tuple[Record, ...]


@of_records
def needs(project: Project) -> Mapping[str, tuple[Edge, ...]]:
    """Give, for every record id, what it waits for, once for each place that says so."""
    edges: dict[str, list[Edge]] = {record.id: [] for record in project.records}
    for record in project.records:
        for edge in _edges(project, record):
            edges[edge.source].append(edge)
    return {source: tuple(found) for source, found in edges.items()}


def is_one(project: Project, record_id: str) -> bool:
    """Tell whether just one record bears an id, so that its edges are that record's: the graph goes by ids alone."""
    return len(project.by_id.get(record_id, ())) == 1


@of_records
def one_sided(project: Project) -> tuple[Edge, ...]:
    """Give the edges that one record states and the other, though its kind has a field for it, does not."""
    stated = {(edge.source, edge.target, edge.field) for edge in _all(project)}
    return tuple(
        edge
        for edge in _all(project)
        if edge.inverse and (edge.source, edge.target, edge.inverse) not in stated
        if is_one(project, edge.source) and is_one(project, edge.target)
    )


@of_records
def cycles(project: Project) -> tuple[tuple[Edge, ...], ...]:
    """Give one whole cycle for each group of records that wait for each other: the shortest through its first record.

    Ids that several records bear are left out: what two of them wait for may look like a cycle, and is none.
    """
    graph = _plain(project, frozenset(one for one in project.by_id if is_one(project, one)))
    return tuple(_edges_along(project, nodes) for nodes in _rings(graph))


_latest: Final[list[tuple[Mapping[str, tuple[str, ...]], tuple[tuple[str, ...], ...]]]] = []


def _rings(graph: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Give the nodes of each cycle; a status that changes leaves the graph, and so these, as they were."""
    for known, rings in _latest:
        if known == graph and list(known) == list(graph):
            return rings
    order = {node: number for number, node in enumerate(graph)}
    groups = sorted(sorted(group, key=order.__getitem__) for group in components(graph))
    found = [shortest_cycle(graph, group) for group in sorted(groups, key=lambda group: order[group[0]])]
    _latest[:] = [(graph, tuple(tuple(nodes) for nodes in found if nodes))]
    return _latest[0][1]


def critical_path(project: Project, kind: str = "") -> tuple[Record, ...]:
    """Give the longest chain of records that wait for each other, the first to be done first; empty without dependencies.

    Length is the sum of estimates where every record of the graph has one in comparable units, else the count. Cancelled
    records and edges inside a cycle are left out; `kind` restricts the graph to one kind.
    """
    eligible = {
        record.id: record
        for record in reversed(project.by_kind.get(kind, ()) if kind else project.records)
        if record.status is not Status.CANCELLED
    }
    graph = _plain(project, frozenset(eligible))
    linked = {node for node, successors in graph.items() if successors}.union(*graph.values())
    inner = {node: successors for node, successors in graph.items() if node in linked}
    path = longest_path(inner, weights(eligible[node] for node in inner))
    return tuple(eligible[node] for node in reversed(path)) if len(path) > 1 else ()


def ready(project: Project, kind: str = "") -> tuple[Record, ...]:
    """Give the open work whose needs are all settled, in document order.

    What consists of other work, such as a phase with holes, is left out unless `kind` asks for it.
    """
    return tuple(
        record
        for record in (project.by_kind.get(kind, ()) if kind else project.records)
        if record.status is not None
        and record.status.is_open
        and is_work(project, record.kind)
        and (kind or not is_divided(project, record))
        and not unsettled(project, record.id)
    )


def unsettled(project: Project, record_id: str) -> tuple[Edge, ...]:
    """Give what a record still waits for; a need that no record answers to stays unsettled."""
    return tuple(edge for edge in needs(project).get(record_id, ()) if not _settled(project, edge.target))


def open_blockers(project: Project) -> tuple[Blocker, ...]:
    """Give the unsettled records that hold up others, those that hold up most first."""
    waiting: dict[str, dict[str, None]] = {}
    for record_id in project.by_id:
        if not _settled(project, record_id):
            for edge in unsettled(project, record_id):
                waiting.setdefault(edge.target, {})[record_id] = None
    blockers = [
        Blocker(first[0], tuple(project.by_id[other][0] for other in waiting[record_id]))
        for record_id, first in project.by_id.items()
        if record_id in waiting
    ]
    return tuple(sorted(blockers, key=lambda blocker: -len(blocker.waiting)))


def item_place(record: Record, field: str, item: str) -> Place:
    """Give the place of one item of a field's list, or of the whole field where the item cannot be told apart."""
    written = record.fields.get(field)
    if written is None or len(written.raw) != len(written.span):
        return record.place_of(field)
    at = _find_word(written.raw, item)
    if at < 0:
        return record.place_of(field)
    start = written.span.start + at
    return Place(record.path, Span(start, start + len(item)))


@while_names_last
def _edges(project: Project, record: Record) -> tuple[Edge, ...]:
    return tuple(_stated(project, record))


def _stated(project: Project, record: Record) -> Iterator[Edge]:
    spec = project.config.kinds.get(record.kind)
    if spec is None:
        return
    for relation in (*spec.relations(Role.NEEDS), *spec.relations(Role.HOLDS)):
        for item in record.texts(relation.name):
            if edge := _edge(project, record, relation, item):
                yield edge


def _edge(project: Project, record: Record, relation: FieldSpec, item: str) -> Edge | None:
    other = resolve(project, item, relation.target, beside=record.path)
    place = item_place(record, relation.name, item)
    if relation.role is Role.NEEDS:
        return Edge(record.id, other.id if other else item, relation.name, place, _inverse(project, other, relation))
    return Edge(other.id, record.id, relation.name, place, _inverse(project, other, relation)) if other else None


def _inverse(project: Project, other: Record | None, relation: FieldSpec) -> str:
    spec = project.config.kinds.get(other.kind) if other else None
    return relation.inverse if spec and relation.inverse in spec.fields else ""


def _all(project: Project) -> Iterator[Edge]:
    for edges in needs(project).values():
        yield from edges


def _plain(project: Project, nodes: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Give the graph between some records, each target once, in document order."""
    return {
        node: tuple(dict.fromkeys(edge.target for edge in edges if edge.target in nodes))
        for node, edges in needs(project).items()
        if node in nodes
    }


def _edges_along(project: Project, nodes: tuple[str, ...]) -> tuple[Edge, ...]:
    steps = zip(nodes, (*nodes[1:], nodes[0]), strict=True)
    return tuple(next(edge for edge in needs(project)[source] if edge.target == target) for source, target in steps)


def _settled(project: Project, record_id: str) -> bool:
    found = project.by_id.get(record_id)
    return found is not None and found[0].status is not None and found[0].status.is_settled


def _find_word(text: str, word: str) -> int:
    """Find a word that is no part of a longer one: `H1` in `H10, H1` is the second."""
    at = text.find(word)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(character.isalnum() or character in "-_." for character in around):
            return at
        at = text.find(word, at + 1)
    return -1
