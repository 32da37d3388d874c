"""What came and what went between two reports, whatever lines the findings stand on now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable

from msgspec import Struct

from docsync.models.diagnostics import Diagnostic, Report
from docsync.validator.claimed import key_of, without_lines


class Difference(Struct, frozen=True):
    """Hold the findings that are new and those that are gone; `restated` holds those with other numbers or places.

    Of these each is given as it was and as it is.
    """

    broke: tuple[Diagnostic, ...]
    healed: tuple[Diagnostic, ...]
    restated: tuple[tuple[Diagnostic, Diagnostic], ...]

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return bool(self.broke or self.healed or self.restated)


def difference(before: Report, after: Report) -> Difference:
    """Compare two reports: what says the same of the same files is the same finding, however far its lines have moved."""
    paired = _paired(before.diagnostics, after.diagnostics, _said)
    paired = _paired(paired.gone, paired.new, _unmoved)
    paired = _paired(paired.gone, paired.new, key_of)
    return Difference(tuple(paired.new), tuple(paired.gone), tuple(paired.both))


class _Paired(Struct):
    both: list[tuple[Diagnostic, Diagnostic]]
    gone: list[Diagnostic]
    new: list[Diagnostic]


def _paired(before: Iterable[Diagnostic], after: Iterable[Diagnostic], key: Callable[[Diagnostic], Hashable]) -> _Paired:
    """Pair what has the same key; all lists keep their order."""
    waiting: dict[Hashable, deque[Diagnostic]] = {}
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


def _said(found: Diagnostic) -> Hashable:
    return found.place.path, found.code, found.message, _others(found)


def _unmoved(found: Diagnostic) -> Hashable:
    return found.place.path, found.code, without_lines(found.message), _others(found)


def _others(found: Diagnostic) -> tuple[str, ...]:
    """Give the files of the other places: a statement that is repeated in one more file is one finding still, but news."""
    return tuple(sorted(related.place.path for related in found.related))
