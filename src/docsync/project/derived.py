"""What is worked out piece by piece, each piece kept for as long as all that it was worked out from is the same.

One who watches a project checks it again after each save, when nearly all of it is as it was. So what is worked out of a
project is given by key: by path, by id. `derived` asks a function about each entry of such a mapping, one by one, and notes
what the function reads of others by `entry`. Of the next project it is asked again only about entries that are other objects
than before, and those for which something that was noted is another object now. A piece that comes to the same stays the same
object, so that whatever was worked out from it holds, too. `stepped` is for what does not fall into pieces: its function is
given what it gave last, to keep what still holds.

What a function reads in any other way must follow from the configuration, or from what the token given as `until` stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from itertools import chain
from typing import Any, Final, TypeAlias, TypeVar

from msgspec import Struct, field

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.following import differing, known_to_differ
from docsync.project.index import Project
from docsync.project.kept import unfollowed

_Key = TypeVar("_Key", bound=Hashable)
_Other = TypeVar("_Other", bound=Hashable)
_Item = TypeVar("_Item")
_Value = TypeVar("_Value")
ByKey: TypeAlias = Callable[[Project], Mapping[_Key, _Value]]
"""Give a mapping for a project: the same object where nothing in it is another, and the same values where they are equal."""

_Read: TypeAlias = "tuple[ByKey[Any, Any], Any]"
_WHOLE: Final = object()
"""Stands, in place of a key, for having read all of a mapping."""
_noted: Final[list[set[_Read]]] = []
"""What is read by those functions that are being asked, the innermost last."""
_NOBODY: Final = object()
"""A token that no project has: whatever comes after all is asked about anew."""


@contextmanager
def nothing_follows() -> Iterator[None]:
    """Note nothing for the next project, since there is none: a run that ends saves a tenth of its memory."""
    unfollowed.append(None)
    try:
        yield
    finally:
        unfollowed.pop()


def documents(project: Project) -> Mapping[str, DocumentFacts]:
    """Give the documents by path."""
    return project.documents


def bearers(project: Project) -> Mapping[str, tuple[Record, ...]]:
    """Give the records by id."""
    return project.by_id


def kinds(project: Project) -> Mapping[str, tuple[Record, ...]]:
    """Give the records by kind."""
    return project.by_kind


def entry(mapping: ByKey[_Key, _Value], project: Project, key: _Key) -> _Value | None:
    """Read one entry, None where there is none; who is being asked depends on it from now on."""
    values = mapping(project)
    if _noted:
        _noted[-1].add((mapping, key))
    return values.get(key)


def whole(mapping: ByKey[_Key, _Value], project: Project) -> Mapping[_Key, _Value]:
    """Read all of a mapping; who is being asked depends on each of its entries from now on."""
    values = mapping(project)
    if _noted:
        _noted[-1].add((mapping, _WHOLE))
    return values


class _Latest(Struct, eq=False):
    """Hold what a function gave, and of which mappings it read which entries to give it."""

    project: Project
    token: object
    source: Mapping[Any, Any] = field(default_factory=dict)
    values: dict[Any, Any] = field(default_factory=dict)
    known: dict[ByKey[Any, Any], Mapping[Any, Any]] = field(default_factory=dict)
    reads: dict[Any, tuple[_Read, ...]] = field(default_factory=dict)
    readers: dict[_Read, set[Any]] = field(default_factory=dict)

    def stale(self, project: Project, source: Mapping[Any, Any]) -> set[Any]:
        """Give the keys of what may be another thing now."""
        found = set(differing(self.source, source))
        for mapping, was in self.known.items():
            now = mapping(project)
            if now is not was:
                found.update(*(self.readers.get((mapping, key), ()) for key in (*differing(was, now), _WHOLE)))
        return found

    def forget(self, keys: Iterable[Any]) -> None:
        """Drop what was noted of some entries."""
        for key in keys:
            for read in self.reads.pop(key, ()):
                readers = self.readers[read]
                readers.discard(key)
                if not readers:
                    del self.readers[read]

    def note(self, project: Project, key: object, noted: set[_Read]) -> None:
        """Remember what was read for an entry."""
        if noted:
            self.reads[key] = tuple(noted)
            for read in noted:
                self.readers.setdefault(read, set()).add(key)
                if read[0] not in self.known:
                    self.known[read[0]] = read[0](project)

    def moves_on(self, project: Project, source: Mapping[Any, Any]) -> None:
        """Take a project to be the one that all this is about."""
        self.project, self.source = project, source
        self.known = {mapping: mapping(project) for mapping in self.known}


def derived(
    source: ByKey[_Key, _Item], until: Callable[[Project], object] | None = None
) -> Callable[[Callable[[Project, _Item], _Value | None]], ByKey[_Key, _Value]]:
    """Make a mapping of what a function gives for each entry of another, in its order; where that is empty, it is left out."""

    def decorate(read: Callable[[Project, _Item], _Value | None]) -> ByKey[_Key, _Value]:
        kept: list[_Latest] = []

        @wraps(read)
        def values(project: Project) -> Mapping[_Key, _Value]:
            if kept and kept[0].project is project:
                return kept[0].values
            items, token = source(project), until(project) if until else None
            latest = kept.pop() if kept else _Latest(project, token)  # where the function raises, nothing is kept
            if unfollowed:
                latest = _Latest(project, _NOBODY, values=_once(project, items, read))
            else:
                _renew(_still(latest, project, token), project, items, read)
            kept.append(latest)
            return latest.values

        return values

    return decorate


def asked(source: ByKey[_Key, _Item]) -> Callable[[Callable[[Project, _Item], _Value]], Callable[[Project, _Key], _Value]]:
    """Make a function that gives what another gives for an entry, as `derived` does, but works it out only when it is asked."""

    def decorate(read: Callable[[Project, _Item], _Value]) -> Callable[[Project, _Key], _Value]:
        kept: list[_Latest] = []

        @wraps(read)
        def value(project: Project, key: _Key) -> _Value:
            if not kept or kept[0].project is not project:
                items = source(project)
                latest = _still(kept.pop() if kept else _Latest(project, None), project, None)
                stale = latest.stale(project, items)
                latest.forget(stale)
                latest.values = {
                    known: value for known, value in latest.values.items() if known in items and known not in stale
                }
                latest.moves_on(project, items)
                kept.append(latest)
            latest = kept[0]
            if key not in latest.values:
                latest.values[key] = _answer(latest, project, key, latest.source[key], read)
            found: _Value = latest.values[key]
            return found

        return value

    return decorate


def stepped(
    read: Callable[[Project, tuple[Project, _Item] | None], _Item],
) -> Callable[[Project], _Item]:
    """Make what a function gives of a project, and of the last project with what it gave of that; None for the first one."""
    kept: list[tuple[Project, _Item]] = []

    @wraps(read)
    def value(project: Project) -> _Item:
        before = kept[0] if kept and kept[0][0].config is project.config else None
        if before is not None and before[0] is project:
            return before[1]
        found = read(project, before)
        kept[:] = [(project, found)]
        return found

    return value


def held(before: Mapping[_Other, _Value], now: dict[_Other, _Value]) -> Mapping[_Other, _Value]:
    """Give a mapping with the values that it had before wherever they are equal: the one before where all are."""
    same = len(before) == len(now)
    for key, value in now.items():
        was = before.get(key)
        if was is not None and (was is value or was == value):
            now[key] = was
        else:
            same = False
    return before if same and all(one == other for one, other in zip(before, now, strict=True)) else now


def flat(mapping: ByKey[_Key, Iterable[_Item]], project: Project) -> Iterator[_Item]:
    """Give all that the values of a mapping hold, in its order."""
    return chain.from_iterable(whole(mapping, project).values())


def updated(before: Mapping[_Other, _Value], changes: Mapping[_Other, _Value]) -> Mapping[_Other, _Value]:
    """Give a mapping with other values for some of its keys: the one before where they are equal."""
    changed = {key: value for key, value in changes.items() if before.get(key) != value}
    return _with(before, changed) if changed else before


def _still(latest: _Latest, project: Project, token: object) -> _Latest:
    """Let every entry be asked about where the configuration is another, or what the token stands for."""
    if latest.project.config is not project.config or latest.token is not token:
        latest.source, latest.known, latest.reads, latest.readers, latest.token = {}, {}, {}, {}, token
    return latest


def _renew(
    latest: _Latest, project: Project, items: Mapping[_Key, _Item], read: Callable[[Project, _Item], _Value | None]
) -> None:
    """Ask about the entries that may be other ones now."""
    stale = latest.stale(project, items) | (latest.values.keys() - items.keys())
    latest.forget(stale)
    asked = [key for key in items if key in stale] if len(stale) * 2 > len(items) else [key for key in stale if key in items]
    fresh = {key: _answer(latest, project, key, items[key], read) for key in asked}
    latest.values = _merged(latest.values, stale, fresh, items)
    latest.moves_on(project, items)


def _once(project: Project, items: Mapping[_Key, _Item], read: Callable[[Project, _Item], _Value | None]) -> dict[_Key, _Value]:
    """Ask about every entry, for the one project that there is."""
    return {key: value for key, item in items.items() if (value := read(project, item))}


def _answer(
    latest: _Latest, project: Project, key: _Key, item: _Item, read: Callable[[Project, _Item], _Value | None]
) -> _Value | None:
    """Ask about one entry, and note what is read for it."""
    if unfollowed:
        latest.token = _NOBODY
        return read(project, item)
    noted: set[_Read] = set()
    _noted.append(noted)
    try:
        return read(project, item)
    finally:
        _noted.pop()
        latest.note(project, key, noted)


def _merged(was: dict[Any, Any], stale: set[Any], fresh: dict[Any, Any], items: Mapping[Any, Any]) -> dict[Any, Any]:
    """Put fresh values among those that still hold; gives the same mapping where all are the same."""
    changed = {key: fresh.get(key) or None for key in stale}
    changed = {key: value for key, value in changed.items() if (value is None) is (key in was) or value != was.get(key)}
    if not changed:
        return was
    if all(key in was and value is not None for key, value in changed.items()):
        return _with(was, changed)
    both = {**was, **changed}
    now = {key: value for key in items if (value := both.get(key)) is not None}
    known_to_differ(was, now, changed)
    return now


def _with(was: Mapping[Any, Any], changed: Mapping[Any, Any]) -> dict[Any, Any]:
    now = {**was, **changed}
    known_to_differ(was, now, changed)
    return now
