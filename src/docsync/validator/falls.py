"""Which commits let a count of resolved records fall, and which of those records nobody has said a word about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from docsync.models.history import Change
from docsync.models.status import Status
from docsync.project.history import UNMEASURED
from docsync.project.index import Project
from docsync.project.past import Kin, kin_of, spoken_of, was_resolved
from docsync.project.series import by_commit
from docsync.validator.reasons import gives_reason


class Fall(Struct, frozen=True):
    """Say that a commit let the number of resolved records of a kind fall, and which records that are open still did it."""

    commit: int
    kind: str
    before: int
    after: int
    kin: tuple[tuple[Kin, Change], ...]


@lru_cache(maxsize=1)
def unexplained(project: Project) -> tuple[Fall, ...]:
    """Give the falls of which nothing says why, the oldest first; what was resolved again since is none any more."""
    return tuple(_falls(project))


def in_falls(project: Project) -> frozenset[int]:
    """Give the identities of the changes that unexplained falls are made of."""
    return frozenset(id(change) for fall in unexplained(project) for _, change in fall.kin)


def _falls(project: Project) -> Iterator[Fall]:
    history = project.history
    if history is None:
        return
    open_still = dict(_open_still(project))
    counts: dict[str, int] = {}
    for commit, changes in by_commit(history).items():
        for kind, step in _steps(changes).items():
            before = counts.get(kind, 0)
            counts[kind] = before + step
            mine = [open_still[id(each)] for each in changes if each.record.kind == kind and id(each) in open_still]
            kin = tuple((one, change) for one, change in mine if not _explained(project, one, change))
            if step < 0 and kin and kind not in UNMEASURED:
                yield Fall(commit, kind, before, before + step, kin)


def _steps(changes: Sequence[Change]) -> Mapping[str, int]:
    steps: dict[str, int] = {}
    for change in changes:
        step = was_resolved(change.after) - was_resolved(change.before)
        steps[change.record.kind] = steps.get(change.record.kind, 0) + step
    return steps


def _open_still(project: Project) -> Iterator[tuple[int, tuple[Kin, Change]]]:
    """Give, by its change's identity, what was resolved last of all and is open, or gone, today."""
    for kin in kin_of(project):
        left = next((each for each in reversed(kin.lineage.changes) if _leaves(each)), None)
        if left and not _is_settled(kin):
            yield id(left), (kin, left)


def _leaves(change: Change) -> bool:
    return was_resolved(change.before) and not was_resolved(change.after)


def _is_settled(kin: Kin) -> bool:
    status = kin.today.status if kin.today else None
    return status is not None and status.is_settled


def _explained(project: Project, kin: Kin, change: Change) -> bool:
    """Tell whether the record says why, then or today, or a decision or session does that came then or since."""
    before = change.before
    assert before  # noqa: S101  # it was resolved
    if any(after and gives_reason(before, after) for after in (change.after, kin.today)):
        return True
    status = change.after.status if change.after else None
    return status is Status.CANCELLED or spoken_of(project, before, change.commit)
