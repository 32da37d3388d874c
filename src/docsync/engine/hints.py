"""Which paths may have changed: what the system tells of the folders that are watched, or, where it does not, the clock."""

from __future__ import annotations

import errno
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar, cast

from msgspec import Struct

from docsync.engine.discovery import NEVER

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import ObservedWatch

QUIET: Final = 0.012
"""Seconds without another event after which a save is taken to be over: its pieces come within a millisecond or two."""
LONGEST: Final = 0.4
"""Seconds after which a burst that does not end is looked at all the same."""
_MOST_WATCHED: Final = 64
"""Folders at the root that are watched one by one, so that those which nobody reads, often the largest, are not."""
_CHANGES: Final = frozenset({"modified", "created", "deleted", "moved", "closed"})
"""Reading a file gives events as well, of other types; to heed them would be to wake oneself for ever."""
_FULL: Final = {
    errno.ENOSPC: "fs.inotify.max_user_watches",
    errno.EMFILE: "fs.inotify.max_user_instances",
}
_RAISED: Final[Mapping[str, int]] = {"fs.inotify.max_user_watches": 524_288, "fs.inotify.max_user_instances": 1_024}

_Result = TypeVar("_Result")
_Event: TypeAlias = "str | OSError | None"
"""A path that may have changed, why a folder cannot be watched, or that anything may have changed."""


class Unwatchable(Exception):
    """Say why the system does not tell of changes, and what can be done about it."""


class Hints(Protocol):
    """Tell what may have changed."""

    def next(self, seconds: float) -> frozenset[str] | None:
        """Wait that long at most for a change, and give the paths, relative to the root; None where it may be anything."""
        ...

    def more(self, seconds: float) -> frozenset[str] | None:
        """Give what changes until nothing does for that long."""
        ...

    def cover(self, folders: Iterable[str]) -> None:
        """Watch these folders, each with a slash at its end, and no others; raises Unwatchable."""
        ...

    def close(self) -> None:
        """Stop watching."""
        ...


class Clock:
    """Tell nothing but that time has passed, for systems and file systems that tell nothing themselves."""

    def next(self, seconds: float) -> frozenset[str] | None:
        """Wait."""
        time.sleep(max(seconds, 0.0))
        return None

    def more(self, seconds: float) -> frozenset[str] | None:
        """Wait."""
        time.sleep(max(seconds, 0.0))
        return None

    def cover(self, folders: Iterable[str]) -> None:
        """Watch nothing."""

    def close(self) -> None:
        """Do nothing."""


class Events:
    """Gather the system's events; watchdog's threads put them into a queue, one thread takes them out."""

    def __init__(self, root: str) -> None:
        from watchdog.observers import Observer  # noqa: PLC0415  # only those who watch pay for it

        self._root = root
        self._queue: SimpleQueue[_Event] = SimpleQueue()
        self._observer = Observer()
        self._watched: dict[str, _Watched] = {}
        self._alarm = _Alarm(lambda: self._queue.put(None))
        logging.getLogger("watchdog").addHandler(self._alarm)
        threading.excepthook = self._failed  # else a thread that cannot watch a new folder ends in a traceback
        self._guarded(self._observer.start)
        self._watch(root, recursive=False)

    def next(self, seconds: float) -> frozenset[str] | None:
        """Give the paths of one burst of events, none after that many seconds without any; raises Unwatchable."""
        try:
            gathered = {self._queue.get(timeout=max(seconds, 0.0))}
        except Empty:
            return frozenset()
        return self._gather(gathered, QUIET)

    def more(self, seconds: float) -> frozenset[str] | None:
        """Give what changes until nothing does for that long; raises Unwatchable."""
        return self._gather(set(), seconds)

    def cover(self, folders: Iterable[str]) -> None:
        """Watch the folders at the root that any of these lie in, with all below them; the root itself is watched anyway."""
        tops = {folder.partition("/")[0] for folder in folders} - {""}
        wanted = dict(self._present(tops if len(tops) <= _MOST_WATCHED else {os.curdir}))
        for top, watched in list(self._watched.items()):
            if wanted.get(top) != watched.inode:  # it went, or another folder has taken its place
                del self._watched[top]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watched.watch)
        for top, inode in wanted.items():
            if top not in self._watched:
                self._watched[top] = _Watched(inode, self._watch(os.path.join(self._root, top), recursive=True))

    def close(self) -> None:
        """Stop watching, without waiting for the threads."""
        logging.getLogger("watchdog").removeHandler(self._alarm)
        threading.excepthook = threading.__excepthook__
        self._observer.stop()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event in, as watchdog calls it."""
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self._queue.put(os.fsdecode(path))

    def _gather(self, gathered: set[_Event], quiet: float) -> frozenset[str] | None:
        stop = time.monotonic() + max(LONGEST, quiet)
        while (left := min(quiet, stop - time.monotonic())) > 0:
            try:
                gathered.add(self._queue.get(timeout=left))
            except Empty:
                break
        for error in gathered:
            if isinstance(error, OSError):
                raise Unwatchable(_reason(error)) from error
        if None in gathered:
            return None
        return frozenset(path for full in gathered if isinstance(full, str) and (path := self._inside(full)))

    def _inside(self, full: str) -> str:
        """Give a path relative to the root; nothing for what lies outside, or in a folder that is never read."""
        path = os.path.relpath(full, self._root).replace(os.sep, "/")
        return "" if path == "." or path.startswith("../") or not NEVER.isdisjoint(path.split("/")) else path

    def _present(self, tops: Iterable[str]) -> Iterator[tuple[str, int]]:
        for top in tops:
            with suppress(OSError):
                yield top, os.stat(os.path.join(self._root, top)).st_ino

    def _watch(self, path: str, *, recursive: bool) -> ObservedWatch:
        return self._guarded(lambda: self._observer.schedule(cast("FileSystemEventHandler", self), path, recursive=recursive))

    def _failed(self, failure: threading.ExceptHookArgs) -> None:
        error = failure.exc_value
        self._queue.put(error if isinstance(error, OSError) else None)

    @staticmethod
    def _guarded(call: Callable[[], _Result]) -> _Result:
        try:
            return call()
        except OSError as error:
            raise Unwatchable(_reason(error)) from error


def _reason(error: OSError) -> str:
    limit = _FULL.get(error.errno or 0)
    if limit is None:
        return f"the system does not tell of changes: {error.strerror or error}"
    return (
        f"the system's limit of watched folders is reached ({limit}{_value(limit)}); "
        f"`sudo sysctl {limit}={_RAISED[limit]}` raises it"
    )


def _value(limit: str) -> str:
    try:
        with open(f"/proc/sys/{limit.replace('.', '/')}", encoding="ascii") as stream:
            return f" is {stream.read().strip()}"
    except OSError:
        return ""


class _Watched(Struct, frozen=True):
    inode: int
    watch: ObservedWatch


class _Alarm(logging.Handler):
    """Take watchdog's warnings, which say that events were lost, as a hint to look at everything."""

    def __init__(self, ring: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._ring = ring

    def emit(self, record: logging.LogRecord) -> None:
        """Ring, whatever is said."""
        del record
        self._ring()
