"""Which record of today is which of a project's history, and where else a record is spoken of in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docsync.models.history import Change
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.history import name_of
from docsync.project.index import Project
from docsync.project.series import Lineage, lineages

_SPEAKING: Final = ("decision", "session")


class Kin(Struct, frozen=True):
    """Hold what became of a record in commits, with the record as it stands today, None where it is gone."""

    lineage: Lineage
    today: Record | None

    @property
    def latest_step(self) -> Change | None:
        """Give the change that brought the last status of two that are known."""
        return next((each for each in reversed(self.lineage.changes) if moved(each)), None)


def moved(change: Change) -> bool:
    """Tell whether a change led from one status to another."""
    before, after = change.before, change.after
    return bool(before and after and before.status and after.status and before.status is not after.status)


@lru_cache(maxsize=1)
def kin_of(project: Project) -> tuple[Kin, ...]:
    """Give the records of a project's history, those of today beside what became of them; none where nobody asked for it."""
    if project.history is None:
        return ()
    return tuple(Kin(each, _today(project, each) if each.lives else None) for each in lineages(project.history))


def spoken_of(project: Project, record: Record, since: int) -> bool:
    """Tell whether a decision or session that came or changed in a commit, or in one after it, names a record."""
    word = naming(record.id)
    return any(word.search(text) for change in _said(project) if change.commit >= since for text in new_texts(change))


def new_texts(change: Change) -> Iterator[str]:
    """Give what a change made a record say that it did not say before."""
    if change.after:
        known = set(_texts(change.before)) if change.before else set()
        yield from (text for text in _texts(change.after) if text not in known)


def naming(name: str) -> re.Pattern[str]:
    """Give the expression that finds an id as a word of its own."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _said(project: Project) -> tuple[Change, ...]:
    """Give what commits did to decisions and sessions."""
    changes = project.history.changes if project.history else ()
    return tuple(change for change in changes if change.after and change.after.kind in _SPEAKING)


def _texts(record: Record) -> Iterator[str]:
    yield record.title
    for name in record.values:
        yield from record.texts(name)


def _today(project: Project, lineage: Lineage) -> Record | None:
    last = lineage.last.after
    if last is None:
        return None
    same = [each for each in project.by_id.get(last.id, ()) if name_of(each) == name_of(last)]
    return next((each for each in same if each.path == last.path), same[0] if len(same) == 1 else None)


def was_resolved(record: Record | None) -> bool:
    """Tell whether a record was resolved then."""
    return record is not None and record.status is Status.RESOLVED
