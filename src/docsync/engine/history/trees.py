"""Which documents differ between two of git's trees, without what is the same in both being looked into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from docsync.config.values import Config
from docsync.engine.discovery import FOREIGN, NEVER, wanted_by
from docsync.engine.git.objects import Objects
from docsync.engine.ignoring import IGNORE_FILE, Ignores
from docsync.text.globs import compile_globs

_Entry: TypeAlias = "tuple[str, str]"
_FOLDER: Final = "40000"
_FILES: Final = frozenset({"100644", "100755", "100664"})
_NOTHING: Final = ("", "")
_KEPT: Final = 512
"""How many trees are kept in memory: those of one commit are those of the next, but for the few that it changed."""


class Edited(NamedTuple):
    """Name a document and git's names of its contents before and after, empty where there was none."""

    path: str
    before: str
    after: str


class Trees:
    """Compare trees by what a project's configuration takes for documents; links and submodules are none."""

    def __init__(self, objects: Objects, config: Config, above: Ignores) -> None:
        self._objects = objects
        self._tree = lru_cache(_KEPT)(objects.tree)
        self._wanted = wanted_by(config.include)
        self._hidden = compile_globs(config.exclude)
        self._above = above
        self._within: dict[tuple[int, str, str], tuple[Ignores, Ignores]] = {}

    def below(self, tree: str, prefix: str) -> str:
        """Give the tree of the folder at `prefix`, empty or with a slash at its end; empty where there was none."""
        for name in prefix.split("/")[:-1]:
            mode, found = self._tree(tree).get(name, _NOTHING) if tree else _NOTHING
            tree = found if mode == _FOLDER else ""
        return tree

    def differences(self, before: str, after: str) -> Iterator[Edited]:
        """Give the documents that differ between two trees, either of which may be empty, in no order."""
        waiting = [("", before, after, self._above, self._above)]
        while waiting:
            folder, was, now, old, new = waiting.pop()
            if was == now and old is new:
                continue
            left, right = self._listed(folder, was), self._listed(folder, now)
            old, new = self._own(folder, left, old), self._own(folder, right, new)
            for name in left.keys() | right.keys():
                one, other = left.get(name, _NOTHING), right.get(name, _NOTHING)
                if one == other and old is new:
                    continue
                path = folder + name
                trees = self._entered(path, one, old), self._entered(path, other, new)
                if any(trees):
                    waiting.append((f"{path}/", *trees, old, new))
                edited = Edited(path, self._taken(path, one, old), self._taken(path, other, new))
                if edited.before != edited.after:
                    yield edited

    def _listed(self, folder: str, tree: str) -> Mapping[str, _Entry]:
        entries = self._tree(tree) if tree else {}
        return {} if folder and any(name in entries for name in FOREIGN) else entries

    def _own(self, folder: str, entries: Mapping[str, _Entry], above: Ignores) -> Ignores:
        """Give the layers of ignore patterns for a folder; the same object for the same patterns."""
        mode, name = entries.get(IGNORE_FILE, _NOTHING)
        if mode not in _FILES:
            return above
        key = id(above), folder, name
        if key not in self._within:
            found = self._objects.get(name)
            self._within[key] = above, above.within(folder, found.raw) if found else above
        return self._within[key][1]

    def _entered(self, path: str, entry: _Entry, ignores: Ignores) -> str:
        mode, name = entry
        enters = mode == _FOLDER and path.rpartition("/")[2] not in NEVER and not self._left_out(f"{path}/", ignores)
        return name if enters else ""

    def _taken(self, path: str, entry: _Entry, ignores: Ignores) -> str:
        mode, name = entry
        return name if mode in _FILES and self._wanted(path) and not self._left_out(path, ignores) else ""

    def _left_out(self, path: str, ignores: Ignores) -> bool:
        return bool(self._hidden.decide(path)) or ignores.hides(path)
