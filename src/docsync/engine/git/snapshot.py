"""Which documents a project had at a revision, found in git's objects as a walk finds them on the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

from docsync.config.values import Config
from docsync.engine.discovery import FOREIGN, NEVER, is_markdown, wanted_by
from docsync.engine.git.objects import Objects
from docsync.engine.ignoring import IGNORE_FILE, Ignores
from docsync.engine.request import Targets
from docsync.text.globs import Globs, compile_globs

_FOLDER: Final = "40000"
_FILES: Final = ("100644", "100755", "100664")


class Snapshot(Struct):
    """Hold what a project had at a revision; paths are relative to its root.

    `files` maps the documents to the names of git's objects, `present` holds every entry that the walk saw.
    """

    objects: Objects
    root: str
    files: dict[str, str] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    _folders: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def folder(self, path: str) -> dict[str, tuple[str, str]]:
        """Give a folder's entries, its path empty or with a slash at its end; empty where there was none."""
        if path not in self._folders:
            above, _, name = path[:-1].rpartition("/")
            mode, found = self.folder(f"{above}/" if above else "").get(name, ("", "")) if path else (_FOLDER, self.root)
            self._folders[path] = self.objects.tree(found) if mode == _FOLDER else {}
        return self._folders[path]

    def entry(self, path: str) -> tuple[str, str]:
        """Give the mode and the object's name of what was at a path, both empty where there was nothing."""
        above, _, name = path.rstrip("/").rpartition("/")
        return self.folder(f"{above}/" if above else "").get(name, ("", ""))

    def blob(self, path: str) -> bytes | None:
        """Give the bytes of the file that was at a path; None where there was none."""
        mode, name = self.entry(path)
        found = self.objects.get(name) if mode in _FILES else None
        return found.raw if found else None


def snapshot(objects: Objects, tree: str, config: Config, targets: Targets, ignores: Ignores) -> Snapshot:
    """Find the documents below a tree, as `discover` does on the disk; symbolic links are never followed."""
    seen = Snapshot(objects, tree)
    _explore(seen, "", ignores, wanted_by(config.include), compile_globs(config.exclude))
    for folder in targets.folders:
        if not any(path.startswith(folder) for path in seen.files):
            _explore(seen, folder, Ignores(), is_markdown, compile_globs(()))
    for path in targets.files:
        mode, name = seen.entry(path)
        if mode in _FILES:
            seen.files[path] = name
            seen.present.add(path)
    return seen


def _explore(seen: Snapshot, start: str, ignores: Ignores, wanted: Callable[[str], bool], hidden: Globs) -> None:
    waiting = [(start, ignores)]
    while waiting:
        folder, above = waiting.pop()
        entries = seen.folder(folder)
        if folder != start and any(name in entries for name in FOREIGN):
            continue
        seen.present.update(folder + name for name in entries)
        here = _with_own(seen, folder, above)
        for name, (mode, found) in entries.items():
            path = folder + name
            if mode == _FOLDER and name not in NEVER and not _left_out(f"{path}/", here, hidden):
                waiting.append((f"{path}/", here))
            elif mode in _FILES and wanted(path) and not _left_out(path, here, hidden):
                seen.files[path] = found


def _with_own(seen: Snapshot, folder: str, above: Ignores) -> Ignores:
    raw = seen.blob(folder + IGNORE_FILE)
    return above if raw is None else above.within(folder, raw)


def _left_out(path: str, ignores: Ignores, hidden: Globs) -> bool:
    return bool(hidden.decide(path)) or ignores.hides(path)
