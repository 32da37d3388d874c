"""What waits for what: the dependency graph of a project's records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import FieldSpec, Role
from docsync.models.status import Status
from docsync.project.build import resolve
from docsync.project.derived import bearers, derived, documents, entry, held, stepped, updated
from docsync.project.estimates import weights
from docsync.project.following import differing
from docsync.project.index import Project
from docsync.project.names import Names, names_of
from docsync.project.orders import components, longest_path, shortest_cycle
from docsync.project.parts import is_divided, is_work
from docsync.text.spans import Span


class Edge(Struct, frozen=True):
    """Say that record `source` waits for record `target`, because `field` at `place` says so.

    The field is the source's own (`blocked_by`) or, read backwards, the target's (`blocks`). `target` is the reference as
    written where no record answers to it. `inverse` names the field of the other record that should say the same.
    """

    source: str
    target: str
    field: str
    place: Place
    inverse: str = ""


class Blocker(Struct, frozen=True):
    """Hold an unsettled record with the unsettled records that wait for it, in document order."""

    record: Record
    waiting: tuple[Record, ...]


def needs(project: Project) -> Mapping[str, tuple[Edge, ...]]:
    """Give, for every record id, what it waits for, once for each place that says so."""
    return _needs(project).by_source


def waiting(project: Project) -> Mapping[str, tuple[str, ...]]:
    """Give, for every id that anything waits for, the ids of what does, in document order."""
    return _waiting(project).by_target


def is_one(project: Project, record_id: str) -> bool:
    """Tell whether just one record bears an id, so that its edges are that record's: the graph goes by ids alone."""
    return len(entry(bearers, project, record_id) or ()) == 1


def cycles(project: Project) -> tuple[tuple[Edge, ...], ...]:
    """Give one whole cycle for each group of records that wait for each other: the shortest through its first record.

    Ids that several records bear are left out: what two of them wait for may look like a cycle, and is none.
    """
    return tuple(_edges_along(project, nodes) for nodes in _rings(project).rings)


class _Needs(Struct, frozen=True):
    names: Names
    stated: Mapping[str, tuple[Edge, ...]]
    by_source: Mapping[str, tuple[Edge, ...]]


@derived(documents, names_of)
def _stated(project: Project, document: DocumentFacts) -> tuple[Edge, ...]:
    """Give the edges that the records of a document state."""
    return tuple(edge for record in document.records for edge in _edges(project, record))


@stepped
def _needs(project: Project, before: tuple[Project, _Needs] | None) -> _Needs:
    """Group the edges by what waits; while records are called as before, only those that a changed document states."""
    names, stated = names_of(project), _stated(project)
    was = before[1] if before else _Needs(Names(), {}, {})
    if was.names is not names:
        return _Needs(names, stated, held(was.by_source, _grouped(project.by_id, stated)))
    changed = [edges.get(path, ()) for path in differing(was.stated, stated) for edges in (was.stated, stated)]
    sources = {edge.source for edges in changed for edge in edges}
    return _Needs(names, stated, updated(was.by_source, _grouped(sources, stated)))


def _grouped(sources: Iterable[str], stated: Mapping[str, tuple[Edge, ...]]) -> dict[str, tuple[Edge, ...]]:
    edges: dict[str, list[Edge]] = {source: [] for source in sources}
    for edge in chain.from_iterable(stated.values()) if edges else ():
        if (found := edges.get(edge.source)) is not None:
            found.append(edge)
    return {source: tuple(found) for source, found in edges.items()}


@derived(needs)
def _targets(_project: Project, edges: tuple[Edge, ...]) -> tuple[str, ...]:
    """Give what an id waits for, each once."""
    return tuple(dict.fromkeys(edge.target for edge in edges))


class _Waiting(Struct, frozen=True):
    targets: Mapping[str, tuple[str, ...]]
    by_target: Mapping[str, tuple[str, ...]]


@stepped
def _waiting(project: Project, before: tuple[Project, _Waiting] | None) -> _Waiting:
    targets = _targets(project)
    if before and before[1].targets is targets:
        return before[1]
    found: dict[str, list[str]] = {}
    for source, needed in targets.items():
        for target in needed:
            found.setdefault(target, []).append(source)
    return _Waiting(targets, held(before[1].by_target if before else {}, {key: tuple(ids) for key, ids in found.items()}))


@derived(_stated)
def one_sided(project: Project, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Give, by document, the edges that one record states and the other, though its kind has a field for it, does not."""
    return tuple(edge for edge in edges if edge.inverse and _is_one_sided(project, edge))


def _is_one_sided(project: Project, edge: Edge) -> bool:
    others = entry(needs, project, edge.source) or ()
    said = any(other.target == edge.target and other.field == edge.inverse for other in others)
    return not said and is_one(project, edge.source) and is_one(project, edge.target)


class _Rings(Struct, frozen=True):
    names: Names
    targets: Mapping[str, tuple[str, ...]]
    rings: tuple[tuple[str, ...], ...]


@stepped
def _rings(project: Project, before: tuple[Project, _Rings] | None) -> _Rings:
    """Give the nodes of each cycle; a status that changes leaves the graph, and so these, as they were."""
    names, targets = names_of(project), _targets(project)
    if before and before[1].names is names and before[1].targets is targets:
        return before[1]
    graph = _plain(project, frozenset(one for one in project.by_id if is_one(project, one)))
    order = {node: number for number, node in enumerate(graph)}
    groups = sorted(sorted(group, key=order.__getitem__) for group in components(graph))
    found = [shortest_cycle(graph, group) for group in sorted(groups, key=lambda group: order[group[0]])]
    return _Rings(names, targets, tuple(tuple(nodes) for nodes in found if nodes))


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


def is_ready(project: Project, record: Record) -> bool:
    """Tell whether a record is among what is ready of all kinds."""
    open_ = record.status is not None and record.status.is_open and is_work(project, record.kind)
    return open_ and not is_divided(project, record) and not unsettled(project, record.id)


def unsettled(project: Project, record_id: str) -> tuple[Edge, ...]:
    """Give what a record still waits for; a need that no record answers to stays unsettled."""
    return tuple(edge for edge in entry(needs, project, record_id) or () if not _settled(project, edge.target))


def held_up(project: Project, record_id: str) -> tuple[str, ...]:
    """Give the ids of the unsettled records that wait for an unsettled one, none where that is settled."""
    if _settled(project, record_id):
        return ()
    return tuple(one for one in entry(waiting, project, record_id) or () if not _settled(project, one))


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
    said = written.written(item)
    at = _find_word(written.raw, said)
    if at < 0:
        return record.place_of(field)
    start = written.span.start + at
    return Place(record.path, Span(start, start + len(said)))


def _edges(project: Project, record: Record) -> Iterator[Edge]:
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


def _plain(project: Project, nodes: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Give the graph between some records, each target once, in document order."""
    targets = _targets(project)
    return {
        node: tuple(target for target in targets.get(node, ()) if target in nodes) for node in project.by_id if node in nodes
    }


def _edges_along(project: Project, nodes: tuple[str, ...]) -> tuple[Edge, ...]:
    steps = zip(nodes, (*nodes[1:], nodes[0]), strict=True)
    return tuple(next(edge for edge in needs(project)[source] if edge.target == target) for source, target in steps)


def _settled(project: Project, record_id: str) -> bool:
    found = entry(bearers, project, record_id)
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
