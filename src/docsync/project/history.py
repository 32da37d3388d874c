"""How versions of documents become a history: which record of one commit is which of the next, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from docsync.models.history import History
from docsync.models.records import Record

Name: TypeAlias = "tuple[str, str]"
"""A record's kind, and its id in small letters."""


UNMEASURED: Final = frozenset({"metric", "session", "decision", "propagation"})
"""Kinds whose statuses, where they have any, are no measure of work done."""


def name_of(record: Record) -> Name:
    """Give what a record is known by, wherever its home is."""
    return record.kind, record.id.casefold()


def carried(before: Sequence[Record], after: Sequence[Record]) -> tuple[Record, ...]:
    """Give a document's records after a change, those that are as they were being the very same objects."""
    known: dict[Name, list[Record]] = {}
    for record in before:
        known.setdefault(name_of(record), []).append(record)
    kept = []
    for record in after:
        same = known.get(name_of(record), [])
        at = next((index for index, old in enumerate(same) if old == record), -1)
        kept.append(same.pop(at) if at >= 0 else record)
    return tuple(kept)


def paired(before: Iterable[Record], after: Iterable[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """Pair the records that a commit took out of documents with those that it put in; None where there is no other.

    A record is known by its kind and id. Where several share them, one of the same document comes first, then one of a
    document of the same name, and of the others only a single one that is left on both sides.
    """
    old, new = _grouped(before), _grouped(after)
    for name in dict.fromkeys((*old, *new)):
        yield from _pairs(old.get(name, []), new.get(name, []))


def missed(history: History) -> tuple[tuple[int, str], ...]:
    """Give, by commit and path, the versions that could not be read of documents that held something at other times."""
    records = (record for change in history.changes for record in (change.before, change.after) if record)
    telling = {*(record.path for record in records), *(each.path for each in history.rewritten)}
    return tuple(each for each in history.unread if each[1] in telling)


def _grouped(records: Iterable[Record]) -> dict[Name, list[Record]]:
    groups: dict[Name, list[Record]] = {}
    for record in records:
        groups.setdefault(name_of(record), []).append(record)
    return groups


def _pairs(old: list[Record], new: list[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    for alike in (_same_path, _same_base):
        for record in tuple(old):
            other = next((each for each in new if alike(record, each)), None)
            if other:
                old.remove(record)
                new.remove(other)
                yield record, other
    if len(old) == len(new) == 1:
        yield old.pop(), new.pop()
    yield from ((record, None) for record in old)
    yield from ((None, record) for record in new)


def _same_path(one: Record, other: Record) -> bool:
    return one.path == other.path


def _same_base(one: Record, other: Record) -> bool:
    return one.path.rpartition("/")[2] == other.path.rpartition("/")[2]
