"""What a record waits for, as records: those that hold it up, those that are settled, and where that is said."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from docsync.models.records import Record
from docsync.project.derived import bearers, entry
from docsync.project.graph import is_one, needs
from docsync.project.index import Project
from docsync.validator.calling import recorded_as
from docsync.validator.wording import at, named


class Needed(Struct, frozen=True):
    """Hold what a record needs, each once; `rest` tells that some of it is neither open nor settled, or not known."""

    open: tuple[Record, ...]
    settled: tuple[Record, ...]
    rest: bool


def needed(project: Project, record: Record) -> Needed:
    """Give what a record needs; what is put off counts as neither open nor settled, since nobody works on it.

    Nor does what has an id that several records bear; and of a record with such an id nothing is known.
    """
    if not is_one(project, record.id):
        return Needed((), (), rest=True)
    targets = dict.fromkeys(edge.target for edge in entry(needs, project, record.id) or () if edge.target != record.id)
    found = [one[0] for target in targets if is_one(project, target) and (one := entry(bearers, project, target))]
    open_ = tuple(one for one in found if one.status and one.status.is_open)
    settled = tuple(one for one in found if one.status and one.status.is_settled)
    return Needed(open_, settled, rest=len(open_) + len(settled) < len(targets))


def needing(project: Project, record: Record) -> Iterator[str]:
    """Say, as evidence, of each thing that a record needs by which field of whom it does, and how that thing stands."""
    for edge in {(edge.target, edge.field): edge for edge in entry(needs, project, record.id) or ()}.values():
        found = entry(bearers, project, edge.target)
        state = f"which is {recorded_as(found[0])}" if found else "which has no home"
        yield f"{named(record)} waits for {edge.target}, {state}, by a `{edge.field}` in {at(project, edge.place)}"
