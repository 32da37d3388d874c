"""How far a record has come: criteria roll up to a gate, holes and tasks to a phase, phases to the whole."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from docsync.models.records import Criterion, Record
from docsync.project.derived import derived, entry
from docsync.project.index import Project
from docsync.project.parts import all_members, is_divided, is_work


class Progress(Struct, frozen=True):
    """Count what is done of what there is to do; `of` names what was counted: `criteria`, a kind's plural, `items`."""

    done: int
    total: int
    of: str = ""

    @property
    def share(self) -> Decimal | None:
        """Give the exact percentage, None where there is nothing to do."""
        return Decimal(100 * self.done) / self.total if self.total else None

    @property
    def percent(self) -> int | None:
        """Give the percentage rounded to a whole number, 100 only when all is done."""
        if self.share is None:
            return None
        rounded = int(self.share.quantize(Decimal(1), ROUND_HALF_UP))
        return rounded if self.done == self.total else min(rounded, 99)


def progress(project: Project, record: Record) -> Progress:
    """Roll up to a record: the work that belongs to it, else its own criteria, else its own status."""
    if work := workload(project, record):
        return of_work(project, work)
    if record.criteria:
        return of_criteria(record.criteria)
    return of_work(project, (record,)) if record.status else Progress(0, 0)


def overall(project: Project) -> Progress:
    """Roll up to the whole project: the work of its phases, each piece once, or all work where nothing is in a phase."""
    phases = project.by_kind.get("phase", ())
    pieces = {piece.id: piece for phase in phases for piece in workload(project, phase)}
    return of_work(project, tuple(pieces.values()) or _leaves(project, project.records))


@derived(all_members)
def _workloads(project: Project, members: tuple[Record, ...]) -> tuple[Record, ...]:
    return _leaves(project, members)


def workload(project: Project, record: Record) -> tuple[Record, ...]:
    """Give the holes and tasks that belong to a record; a workstream counts only where it has no tasks of its own."""
    return entry(_workloads, project, record.id) or ()


def of_criteria(criteria: Iterable[Criterion]) -> Progress:
    """Count the criteria met; dropped ones count as neither."""
    held = [criterion.met for criterion in criteria if not criterion.dropped]
    return Progress(sum(held), len(held), "criteria")


def by_category(record: Record) -> dict[str, Progress]:
    """Count a record's criteria under each category, in the order in which the categories come."""
    grouped: dict[str, list[Criterion]] = {}
    for criterion in record.criteria:
        grouped.setdefault(criterion.category, []).append(criterion)
    return {category: of_criteria(criteria) for category, criteria in grouped.items()}


def settled(record: Record) -> bool:
    """Tell whether nothing more is expected of a record."""
    return record.status is not None and record.status.is_settled


def _leaves(project: Project, records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(record for record in records if is_work(project, record.kind) and not is_divided(project, record))


def of_work(project: Project, records: tuple[Record, ...]) -> Progress:
    """Count the settled records; named by their kind where all are of one."""
    kinds = {record.kind for record in records}
    spec = project.config.kinds.get(kinds.pop()) if len(kinds) == 1 else None
    return Progress(sum(map(settled, records)), len(records), spec.plural if spec else "items")
