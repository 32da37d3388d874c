"""How watching goes: wait for a hint, let it settle, look, and show what is different."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from docsync.cli.screen import Screen
from docsync.config.errors import ConfigError
from docsync.engine import Wish
from docsync.engine.choosing import KEPT
from docsync.engine.git.underway import underway
from docsync.engine.hints import Clock, Hints, Unwatchable
from docsync.engine.reading import Read
from docsync.engine.request import JobError
from docsync.engine.session import Session
from docsync.models.diagnostics import Report, Safety

_POLL: Final = 1.0
_ECHO: Final = 0.5
"""Seconds after which everything is looked at once more when folders came or went: what was written into a new folder before
the system began to watch it gave no event."""
_UNFINISHED: Final = 0.15
"""Seconds that a file which has just become empty is left to whoever is writing it."""
_SETTLED: Final = 0.1
"""Seconds without a change before docsync writes itself."""
_PATIENCE: Final = 0.5
"""Seconds that git may take before it is said what is waited for."""
_PAUSE: Final = 0.05
_SHARE: Final = 20
"""Looking at everything takes one twentieth of the time at most, however slow the disk."""


@dataclass(slots=True)
class Watch:
    """Keep what is shown true; `every` is the number of seconds between two looks at everything.

    `connect` begins to watch a folder, or raises Unwatchable.
    """

    session: Session
    screen: Screen
    connect: Callable[[str], Hints]
    every: float
    regenerates: bool
    hints: Hints = field(default_factory=Clock, init=False)
    _due: float = field(default=0.0, init=False)
    _folders: frozenset[str] = field(default=frozenset(), init=False)

    def run(self) -> None:
        """Watch until an exception ends it."""
        self._turn(None)
        gc.collect()
        gc.freeze()  # what was read stays, and need not be walked through again
        self._connect()
        while True:
            self._turn(self._hinted())

    def _connect(self) -> None:
        """Watch from now on, and look again, since something may have changed meanwhile."""
        # Not before the first look: that may fork, which is safe while there is one thread.
        try:
            self.hints = self.connect(self.session.setting.root)
            self._folders = frozenset()
            self._cover()
        except Unwatchable as reason:
            self._poll(str(reason))
        self._due = 0.0

    def _turn(self, paths: frozenset[str] | None) -> None:
        """Look at what may have changed, and show it."""
        if self._waited_for_git() or paths is None:
            paths = None
        elif not paths:
            return
        before = self._reads()
        try:
            report = self._kept(self._look(paths))
            self._cover()
        except (ConfigError, JobError) as error:
            self.screen.trouble(str(error))
        except Unwatchable as reason:
            self._poll(str(reason))
        else:
            self.screen.show(report, _changed(before, self._reads(), paths))

    def _hinted(self) -> frozenset[str] | None:
        """Wait for what may have changed; None once everything is due to be looked at."""
        try:
            paths = self.hints.next(self._due - time.monotonic())
            if paths and self._unfinished(paths):
                more = self.hints.more(_UNFINISHED)
                return None if more is None else paths | more
        except Unwatchable as reason:
            self._poll(str(reason))
            return None
        if paths == frozenset() and time.monotonic() >= self._due:
            gc.collect()
            return None
        return paths

    def _look(self, paths: frozenset[str] | None) -> Report:
        if paths is not None:
            return self.session.look_at(paths)
        started = time.monotonic()
        self._due = started + self.every  # also where the look fails
        report = self.session.look_everywhere()
        now = time.monotonic()
        self._due = now + max(self.every, _SHARE * (now - started))
        return report

    def _kept(self, report: Report) -> Report:
        """Put right what is out of date, once nobody else is writing."""
        if not self.regenerates or not _is_stale(report):
            return report
        later = self.hints.more(_SETTLED)
        if later is None or later:
            report = self._look(later)
        done = self.session.regenerate(Wish())
        if not done.changes:
            return report
        self.screen.rewrote(done.changes)
        return self._look(frozenset(change.path for change in done.changes))

    def _reads(self) -> Mapping[str, Read]:
        return self.session.state.surveyed.reads if self.session.state else {}

    def _cover(self) -> None:
        """Watch the folders that are there now."""
        state = self.session.state
        surveyed = state.surveyed if state else None
        folders = frozenset({*surveyed.found.folders, *surveyed.outside.folders} if surveyed else ())
        if folders != self._folders:
            self.hints.cover(folders)
            self._folders = folders
            self._due = min(self._due, time.monotonic() + _ECHO)

    def _waited_for_git(self) -> bool:
        """Wait while git rewrites the tree; tells whether that was so."""
        began, said = time.monotonic(), False
        while what := underway(self.session.setting.repository):
            if not said and time.monotonic() - began > _PATIENCE:
                self.screen.note(f"{what} is under way; waiting until it is done")
                said = True
            time.sleep(_PAUSE)
        if said:
            self.screen.note("done; looking at everything again")
        return time.monotonic() - began > _PAUSE / 2

    def _unfinished(self, paths: frozenset[str]) -> bool:
        """Tell whether any of these files is empty: an editor may have truncated it and not yet written."""
        root = self.session.setting.root
        return any(_size(os.path.join(root, path)) == 0 for path in paths)

    def _poll(self, reason: str) -> None:
        """Go on without the system's events."""
        self.screen.note(f"{reason}; looking every {_POLL:g} s instead, as --poll does")
        self.hints.close()
        self.hints, self.every, self._due = Clock(), min(self.every, _POLL), 0.0


def _changed(before: Mapping[str, Read], after: Mapping[str, Read], paths: frozenset[str] | None) -> list[str]:
    """Give the documents that were read again, came or went, among those that may have."""
    maybe = before.keys() | after.keys() if paths is None else paths
    return sorted(path for path in maybe if before.get(path) is not after.get(path))


def _is_stale(report: Report) -> bool:
    return any(found.code in KEPT and found.fix and found.fix.safety is Safety.SAFE for found in report.diagnostics)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return -1
