"""Which kinds are built in: one line a kind."""

from __future__ import annotations

from functools import cache
from typing import Final

from docsync.models.kinds.base import RecordModel, spec_of
from docsync.models.kinds.decision import Decision
from docsync.models.kinds.gate import Gate
from docsync.models.kinds.hole import Hole
from docsync.models.kinds.metric import Metric
from docsync.models.kinds.phase import Phase
from docsync.models.kinds.propagation import Propagation
from docsync.models.kinds.session import Session
from docsync.models.kinds.task import Task
from docsync.models.kinds.workstream import Workstream
from docsync.models.schema import KindSpec

BUILTIN: Final[tuple[type[RecordModel], ...]] = (
    Hole,
    Phase,
    Gate,
    Session,
    Workstream,
    Task,
    Metric,
    Decision,
    Propagation,
)


@cache
def _specs() -> tuple[KindSpec, ...]:
    return tuple(spec_of(model) for model in BUILTIN)


def builtin_specs() -> dict[str, KindSpec]:
    """Give the built-in kinds by name, in the registry's order."""
    return {spec.name: spec for spec in _specs()}
