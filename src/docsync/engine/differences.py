"""What came and what went between two reports, whatever lines the findings stand on now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from docsync.models.diagnostics import Diagnostic, Report
from docsync.validator.claimed import key_of, without_lines

_Said: TypeAlias = "tuple[str, str, str]"


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold the findings that are new, those that are gone, and those that are the old ones with other numbers."""

    broke: tuple[Diagnostic, ...]
    healed: tuple[Diagnostic, ...]
    restated: tuple[Diagnostic, ...]

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.broke or self.healed or self.restated)


def difference(before: Report, after: Report) -> Difference:
    """Compare two reports: what says the same of the same file is the same finding, however far its line has moved."""
    gone, new = _unmatched(*_unmatched(before.diagnostics, after.diagnostics, _said), _moved)
    healed, broke = _unmatched(gone, new, key_of)
    fresh = {id(found) for found in broke}
    return Difference(tuple(broke), tuple(healed), tuple(found for found in new if id(found) not in fresh))


def _said(found: Diagnostic) -> _Said:
    return found.place.path, found.code, found.message


def _moved(found: Diagnostic) -> _Said:
    return found.place.path, found.code, without_lines(found.message)


def _unmatched(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], key: Callable[[Diagnostic], _Said]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Pair what has the same key, and give what is left over of both, in its order."""
    waiting: dict[_Said, list[Diagnostic]] = {}
    for found in before:
        waiting.setdefault(key(found), []).append(found)
    new = []
    for found in after:
        pairs = waiting.get(key(found))
        if pairs:
            pairs.pop(0)
        else:
            new.append(found)
    left = {id(found) for pairs in waiting.values() for found in pairs}
    return [found for found in before if id(found) in left], new
