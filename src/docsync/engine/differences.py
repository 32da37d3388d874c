"""What came and what went between two reports, whatever lines the findings stand on now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from docsync.models.diagnostics import Diagnostic, Report
from docsync.validator.claimed import key_of, without_lines

_Said: TypeAlias = "tuple[str, str, str]"


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold the findings that are new, those that are gone, and those that say the same with other numbers, old and new."""

    broke: tuple[Diagnostic, ...]
    healed: tuple[Diagnostic, ...]
    restated: tuple[tuple[Diagnostic, Diagnostic], ...]

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.broke or self.healed or self.restated)


def difference(before: Report, after: Report) -> Difference:
    """Compare two reports: what says the same of the same file is the same finding, however far its line has moved."""
    paired = _paired(before.diagnostics, after.diagnostics, _said)
    paired = _paired(paired.gone, paired.new, _unmoved)
    paired = _paired(paired.gone, paired.new, key_of)
    return Difference(tuple(paired.new), tuple(paired.gone), tuple(paired.both))


@dataclass(slots=True)
class _Paired:
    both: list[tuple[Diagnostic, Diagnostic]]
    gone: list[Diagnostic]
    new: list[Diagnostic]


def _paired(before: Iterable[Diagnostic], after: Iterable[Diagnostic], key: Callable[[Diagnostic], _Said]) -> _Paired:
    """Pair what has the same key; all lists keep their order."""
    waiting: dict[_Said, deque[Diagnostic]] = {}
    for found in before:
        waiting.setdefault(key(found), deque()).append(found)
    paired = _Paired([], [], [])
    for found in after:
        if partners := waiting.get(key(found)):
            paired.both.append((partners.popleft(), found))
        else:
            paired.new.append(found)
    left = {id(found) for partners in waiting.values() for found in partners}
    paired.gone = [found for found in before if id(found) in left]
    return paired


def _said(found: Diagnostic) -> _Said:
    return found.place.path, found.code, found.message


def _unmoved(found: Diagnostic) -> _Said:
    return found.place.path, found.code, without_lines(found.message)
