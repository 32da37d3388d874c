"""Whether a gate's criteria meet its pass condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from docsync.models.records import Record
from docsync.models.schema import field_key
from docsync.project.progress import Progress, by_category, of_criteria

OVERALL: Final = "overall"
"""The category that stands for all criteria together."""

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_COUNT = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Requirement:
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
    return Requirement(category, wanted, _needed(wanted, progress.total), progress)


def _needed(wanted: str, total: int) -> int:
    """Give the number of criteria that `all`, `any`, `8`, `8 of 10` or `≥ 80%` asks for; a share is rounded up."""
    if share := _PERCENT.search(wanted):
        return ceil(Decimal(share[1]) * total / 100)
    if count := _COUNT.search(wanted):
        return int(count[0])
    return 1 if wanted.strip().casefold() in ("any", "one") else total
