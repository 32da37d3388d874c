"""Which gates have passed, and what they still lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docsync.models.diagnostics import Place, Related
from docsync.models.records import Criterion, Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.validator.wording import RELATED


def passed_gates(project: Project) -> Iterator[Record]:
    """Give the gates whose home says that they have passed."""
    return (gate for gate in project.by_kind.get("gate", ()) if gate.status is Status.RESOLVED)


def unmet(gate: Record) -> tuple[Criterion, ...]:
    """Give the criteria of a gate that are neither met nor dropped."""
    return tuple(criterion for criterion in gate.criteria if not criterion.met and not criterion.dropped)


def boxes(gate: Record, criteria: Iterable[Criterion]) -> tuple[Related, ...]:
    """Point at the boxes of criteria, as far as a reader would follow."""
    places = (Related(Place(gate.path, one.mark_span), f"not met: {one.text}") for one in criteria)
    return tuple(related for related, _ in zip(places, range(RELATED), strict=False))
