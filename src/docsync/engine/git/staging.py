"""What is staged, laid out in a folder of its own as the next commit will have it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.engine.git.asking import ask, names
from docsync.engine.ignoring import IGNORE_FILE
from docsync.engine.repository import Repository, find_repository
from docsync.engine.request import JobError, Request, targets_of

_NAME: Final = "docsync-staged-"
_FORGOTTEN: Final = 24 * 60 * 60
"""In seconds: after this, what a killed run has left behind is nobody's."""
_FILE: Final = "100"
_SUBMODULE: Final = "160000"
_ASIDE: Final = (
    *(".bmp", ".c", ".cc", ".cpp", ".cs", ".css", ".csv", ".gif", ".go", ".gz", ".h", ".hpp", ".ico", ".ipynb", ".java"),
    *(".jpeg", ".jpg", ".js", ".jsx", ".kt", ".lock", ".mjs", ".mp4", ".pdf", ".php", ".png", ".proto", ".py", ".pyi", ".rb"),
    *(".rs", ".scala", ".scss", ".sh", ".snap", ".sql", ".svg", ".swift", ".ts", ".tsx", ".ttf", ".vue", ".webp", ".woff"),
)
"""The ends of the names of files that hold neither documents nor anything that docsync is configured by, and are many."""


class Staged(Struct, frozen=True):
    """Name the folder that stands for a project's staged state, `root`, and say what is staged.

    `prefix` leads from the repository's top to the project, with a slash at its end, or is empty. `modes` holds the mode of
    every staged entry of the project by its path from the top.
    """

    repository: Repository
    root: str
    prefix: str
    modes: Mapping[str, str]


@contextmanager
def staged(root: str) -> Iterator[Staged]:
    """Lay out what is staged of the project at `root`, and take it away afterwards; raises JobError.

    The folder lies in git's own, beside the objects, where nobody sees it. Of unchanged program files there are only links:
    documents may speak of them, and nothing else is done with them. Nothing in the index or the tree is touched.
    """
    root = os.path.realpath(root)
    repository = find_repository(root)
    if repository is None:
        raise JobError(f"{root}: in no git repository, so nothing can be staged there")
    prefix = os.path.relpath(root, repository.top).replace(os.sep, "/")
    prefix = "" if prefix == os.curdir else f"{prefix}/"
    modes = _entries(repository.top, prefix)
    _sweep(repository.own)
    top = tempfile.mkdtemp(prefix=_NAME, dir=repository.own)
    try:
        _lay_out(repository, top, modes)
        os.makedirs(os.path.join(top, prefix), exist_ok=True)
        own = {path: mode for path, mode in modes.items() if path.startswith(prefix)}
        yield Staged(repository, os.path.join(top, prefix).rstrip(os.sep), prefix, own)
    finally:
        shutil.rmtree(top, ignore_errors=True)


@contextmanager
def as_staged(request: Request) -> Iterator[Request]:
    """Give the request that asks the same of what is staged; raises JobError."""
    targets_of(request)  # what is wrong with a path is told of the path that was given
    root = os.path.realpath(request.root)
    with staged(root) as stage:
        paths = tuple(_standing_for(stage, root, path) for path in request.paths)
        yield replace(request, root=stage.root, paths=paths, stead=root)


def _standing_for(stage: Staged, root: str, given: str) -> str:
    path = os.path.normpath(os.path.join(stage.root, os.path.relpath(os.path.realpath(given), root)))
    if not os.path.lexists(path):
        raise JobError(f"{given}: nothing of it is staged or committed; `git add` it first")
    return path


def unmerged(top: str) -> bool:
    """Tell whether the index holds conflicts."""
    return bool(ask(top, "ls-files", "-u", "-z"))


def _entries(top: str, prefix: str) -> dict[str, str]:
    """Give the mode of every entry that may matter: those of the project, and the ignore files above it."""
    found: dict[str, str] = {}
    for line in names(ask(top, "ls-files", "-s", "-z")):
        head, _, path = line.partition("\t")
        if path.startswith(prefix) or _is_above(path, prefix):
            mode, _, stage = head.split(" ")
            if stage != "0":
                raise JobError(f"{path}: an unresolved merge; what is staged can be judged when `git add` has resolved it")
            found[path] = mode
    return found


def _is_above(path: str, prefix: str) -> bool:
    folder, name = os.path.split(path)
    return name == IGNORE_FILE and (not folder or prefix.startswith(f"{folder}/"))


def _lay_out(repository: Repository, top: str, modes: Mapping[str, str]) -> None:
    with open(os.path.join(top, ".git"), "x", encoding="utf-8", errors="surrogateescape") as stream:
        stream.write(f"gitdir: {os.path.realpath(repository.own)}\n")
    _make_folders(top, modes)
    changed = frozenset(names(ask(repository.top, "diff-files", "--name-only", "-z")))
    written = [path for path, mode in modes.items() if not _linked(repository.top, top, path, mode, changed)]
    listed = b"".join(os.fsencode(path) + b"\0" for path in written)
    ask(repository.top, "checkout-index", "-f", "-z", "--stdin", f"--prefix={top}/", given=listed)


def _make_folders(top: str, paths: Collection[str]) -> None:
    for folder in sorted({os.path.dirname(path) for path in paths}):
        os.makedirs(os.path.join(top, folder), exist_ok=True)


def _linked(here: str, there: str, path: str, mode: str, changed: Collection[str]) -> bool:
    """Stand a link in for an entry that need not be written out; tells whether that was possible.

    A hard link would do without being told of, but making one changes the file's own times, and git would read it again.
    """
    unchanged = mode.startswith(_FILE) and path not in changed and path.endswith(_ASIDE)
    if mode != _SUBMODULE and not unchanged:
        return False
    with suppress(OSError):
        os.symlink(os.path.join(here, path), os.path.join(there, path))
        return True
    return mode == _SUBMODULE


def _sweep(folder: str) -> None:
    """Take away what killed runs have left."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.name.startswith(_NAME) and entry.stat().st_mtime < time.time() - _FORGOTTEN:
                shutil.rmtree(entry.path, ignore_errors=True)
