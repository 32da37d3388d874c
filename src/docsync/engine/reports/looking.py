"""What is looked at to find and read reports, all of it remembered for the next run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docsync.cache.marks import mark_at
from docsync.engine.discovery import NEVER, Found
from docsync.engine.fingerprint import Seen, entry_kind, look, look_into, look_through, newer
from docsync.engine.reports.markup import Unreadable
from docsync.text.globs import compile_globs

_LARGEST: Final = 64_000_000
_MOST_ENTRIES: Final = 50_000
_MOST_FILES: Final = 500
_WILD: Final = frozenset("*?[\\")


class Looking:
    """Look at folders and files below a root.

    `folders` and `files` hold what was seen, `ages` tells, for a time in nanoseconds, of files whether they were changed later.
    """

    def __init__(self, root: str, found: Found, files: dict[str, Seen]) -> None:
        self.root = root
        self.found = found
        self.files = files
        self.folders: dict[str, Seen] = {}
        self.ages: dict[int, dict[str, bool]] = {}
        self._listed: dict[str, Mapping[str, str]] = {}
        self._count = 0

    def matching(self, patterns: Sequence[str]) -> tuple[str, ...]:
        """Give the files that patterns name, in folders that git ignores, too; raises Unreadable where they are too many."""
        found = {path for pattern in patterns for path in self._matching("", pattern.strip("/").split("/"))}
        if len(found) > _MOST_FILES:
            raise Unreadable(f"{len(found):,} files match {patterns[0]}, where {_MOST_FILES} at most are read")
        return tuple(sorted(found))

    def read(self, path: str) -> tuple[Seen, bytes]:
        """Read a report; raises Unreadable for what is too large, no file, or reached by a link out of the root."""
        full = os.path.join(self.root, path)
        mark = mark_at(full)
        if mark and not os.path.realpath(full).startswith(self.root.rstrip(os.sep) + os.sep):
            raise Unreadable("lies outside the project, where a link leads")
        if mark and mark[1] > _LARGEST:
            self.files[path] = Seen(mark, b"")
            raise Unreadable(f"has more than {_LARGEST // 1_000_000} MB")
        self.files[path], raw = look_into(full)
        if mark is None or not stat.S_ISREG(mark[0]):
            raise Unreadable("is no file")
        for moment in (mark[3] - 1, mark[3]):  # a report of the same bytes is another one where its file has another age
            self.is_newer(path, moment)
        return self.files[path], raw

    def remember(self, path: str) -> None:
        """Look at a file only to notice when it is another."""
        if path not in self.files:
            self.files[path] = look(os.path.join(self.root, path))

    def is_newer(self, path: str, moment: int) -> bool:
        """Tell whether a file was changed after a moment, in nanoseconds; False for what is gone."""
        known = self.ages.setdefault(moment, {})
        if path not in known:
            known[path] = newer(self.root, path, moment)
        return known[path]

    def _matching(self, folder: str, parts: Sequence[str]) -> Iterator[str]:
        first, rest = parts[0], parts[1:]
        if first == "**":
            yield from self._matching(folder, rest or ("*",))
            for name, kind in self._entries(folder).items():
                if kind == "d" and name not in NEVER:
                    yield from self._matching(f"{folder}{name}/", parts)
            return
        for name, kind in self._named(folder, first):
            if rest and kind == "d":
                yield from self._matching(f"{folder}{name}/", rest)
            elif not rest and kind in "fl":
                yield folder + name

    def _named(self, folder: str, pattern: str) -> list[tuple[str, str]]:
        entries = self._entries(folder)
        if _WILD.isdisjoint(pattern):
            return [(pattern, entries[pattern])] if pattern in entries else []
        globs = compile_globs((f"/{pattern}",))
        return [(name, kind) for name, kind in entries.items() if globs.decide(name)]

    def _entries(self, folder: str) -> Mapping[str, str]:
        """Give what a folder holds; one that the walk did not list is remembered with what it holds."""
        if folder not in self._listed:
            self._listed[folder] = self._list(folder)
        return self._listed[folder]

    def _list(self, folder: str) -> Mapping[str, str]:
        full = os.path.join(self.root, folder)
        if folder not in self.found.folders:
            self.folders[folder] = look_through(full)
        if self._count > _MOST_ENTRIES:
            raise Unreadable(f"there are more than {_MOST_ENTRIES:,} files in the folders where reports are looked for")
        try:
            with os.scandir(full) as entries:
                listed = {entry.name: entry_kind(entry) for entry in entries}
        except OSError:
            return {}
        self._count += len(listed)
        return listed
