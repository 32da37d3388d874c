"""How far a record has come, and the whole, with every record counted as itself whatever id it shares."""

from __future__ import annotations

from collections.abc import Iterable

from docsync.models.records import Record
from docsync.project.asking.links import divided, links
from docsync.project.index import Project
from docsync.project.progress import Progress, of_criteria, of_work


def work_of(project: Project, record: Record) -> tuple[Record, ...]:
    """Give the work that belongs to a record, in pieces that are not divided further."""
    web = links(project)
    return web.all(pieces(project, web.members(web.of(record))))


def roll_up(project: Project, record: Record) -> Progress:
    """Roll up to a record: the work that belongs to it, else its own criteria, else its own status."""
    if work := work_of(project, record):
        return of_work(project, work)
    if record.criteria:
        return of_criteria(record.criteria)
    return of_work(project, (record,)) if record.status else Progress(0, 0)


def whole(project: Project) -> tuple[Record, ...]:
    """Give all pieces of work: those in phases, each once, or all there is where nothing is in a phase."""
    web = links(project)
    phases = (web.of(phase) for phase in project.by_kind.get("phase", ()))
    inside = dict.fromkeys(place for phase in phases for place in pieces(project, web.members(phase)))
    return web.all(inside) if inside else everything(project)


def everything(project: Project) -> tuple[Record, ...]:
    """Give all pieces of work that there are, in phases and in none."""
    web = links(project)
    return web.all(pieces(project, range(len(web.records))))


def apart(project: Project) -> tuple[Record, ...]:
    """Give the pieces of work that the whole leaves out since they are in no phase."""
    held = frozenset(map(id, whole(project)))
    return tuple(piece for piece in everything(project) if id(piece) not in held and piece.kind != "phase")


def pieces(project: Project, places: Iterable[int]) -> tuple[int, ...]:
    """Give those of some places that are work and consist of no other."""
    web, whole_ones = links(project), divided(project)
    return tuple(place for place in places if web.is_work(place) and place not in whole_ones)
