"""Whether a gate's criteria meet its pass condition."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from docsync.models.conditions import OVERALL, needed
from docsync.models.records import Record
from docsync.models.schema import field_key
from docsync.project.progress import Progress, by_category, of_criteria


class Requirement(Struct, frozen=True):
    """Hold what one category must meet: `wanted` as written, `needed` as a number of criteria, and how far it is."""

    category: str
    wanted: str
    needed: int
    progress: Progress

    @property
    def satisfied(self) -> bool:
        """Tell whether enough criteria are met."""
        return self.progress.done >= self.needed


def requirements(gate: Record) -> tuple[Requirement, ...]:
    """Give what a gate requires, category by category; without a pass condition, all of its criteria."""
    written = gate.values.get("pass_condition")
    conditions = written if isinstance(written, dict) and written else {OVERALL: "all"}
    held = {field_key(category): progress for category, progress in by_category(gate).items()}
    held[OVERALL] = of_criteria(gate.criteria)
    return tuple(
        _requirement(category, str(wanted), held.get(field_key(category), Progress(0, 0, "criteria")))
        for category, wanted in conditions.items()
    )


def shortfalls(gate: Record) -> Iterator[Requirement]:
    """Yield the requirements that a gate does not satisfy."""
    return (requirement for requirement in requirements(gate) if not requirement.satisfied)


def _requirement(category: str, wanted: str, progress: Progress) -> Requirement:
    return Requirement(category, wanted, needed(wanted, progress.total), progress)
