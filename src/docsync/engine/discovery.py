"""Which files a run reads, found without following a link out of the root or waiting on anything that is no file."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct, field

from docsync.cache.marks import Mark, mark_at
from docsync.config.values import Config
from docsync.engine.fingerprint import Seen, entry_kind, listing_digest
from docsync.engine.ignoring import IGNORE_FILE, Ignores, ignores_above, read_ignore_file
from docsync.engine.repository import Repository
from docsync.engine.request import Targets
from docsync.text.globs import Globs, compile_globs

MARKDOWN: Final = (".md", ".markdown")

NEVER: Final = frozenset(
    {
        ".git", ".hg", ".svn", ".jj", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".cache", ".eggs",
        ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", ".rumdl_cache",
        "site-packages",
    }
)  # fmt: skip
"""Folders that hold other people's or machines' files, whatever .gitignore says."""

FOREIGN: Final = (".git", "pyvenv.cfg", "CACHEDIR.TAG")
"""Entries that make a folder below the root someone else's: another repository, an environment, a cache."""


class Found(Struct, frozen=True):
    """Hold what a walk saw, all paths relative to the root and with forward slashes.

    `files` maps the documents to read to their marks, in order of path. `present` holds every entry seen, documents or
    not. `folders` and `ignore_files` are what the walk rests on. `closed` maps the folders that could not be listed to
    the reason. `taken` is the time, in nanoseconds, before it began.
    """

    taken: int
    files: Mapping[str, Mark]
    present: frozenset[str]
    folders: Mapping[str, Seen]
    ignore_files: Mapping[str, Seen]
    closed: Mapping[str, str]


class _Walk(Struct):
    """Gather what one walk sees; `wanted` and `hidden` choose among the files."""

    root: str
    wanted: Callable[[str], bool]
    hidden: Globs
    follow_links: bool
    files: dict[str, Mark] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    folders: dict[str, Seen] = field(default_factory=dict)
    ignore_files: dict[str, Seen] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)


def discover(root: str, config: Config, targets: Targets, repository: Repository | None) -> Found:
    """Find the documents of the project at `root`, a real path, and add those named that the configuration leaves out."""
    taken = time.time_ns()
    ignores, above = ignores_above(root, repository)
    walk = _Walk(root, wanted_by(config.include), compile_globs(config.exclude), config.follow_links)
    _explore(walk, "", ignores)
    named = _Walk(root, is_markdown, compile_globs(()), config.follow_links)
    for folder in targets.folders:
        if not any(path.startswith(folder) for path in walk.files):
            _explore(named, folder, Ignores())
    _follow(walk)
    _follow(named)
    files = {**walk.files, **named.files}
    for path in targets.files:
        _take(files, root, path)
    return Found(
        taken,
        dict(sorted(files.items())),
        frozenset(walk.present | named.present | files.keys()),
        {**walk.folders, **named.folders},
        {**above, **walk.ignore_files, **named.ignore_files},
        {**walk.closed, **named.closed},
    )


def wanted_by(include: Iterable[str]) -> Callable[[str], bool]:
    """Give the test for the include globs; nearly all of them only name endings, which need no expression."""
    globs = tuple(include)
    endings = tuple(glob.removeprefix("**/*") for glob in globs)
    if all(glob.startswith("**/*.") and not set(end) & set("*?[\\/") for glob, end in zip(globs, endings, strict=True)):
        return lambda path: path.endswith(endings)
    return compile_globs(globs).covers


def is_markdown(path: str) -> bool:
    """Tell whether a path is named as Markdown is."""
    return path.endswith(MARKDOWN)


def _explore(walk: _Walk, start: str, ignores: Ignores) -> None:
    """Walk a folder and all below; a stack of our own, so that no depth of folders ends in a RecursionError."""
    waiting = [(start, ignores)]
    while waiting:
        folder, above = waiting.pop()
        kinds = _list(walk, folder)
        if folder != start and any(name in kinds for name in FOREIGN):
            continue
        here = _with_own(walk, folder, above, kinds)
        waiting.extend((below, here) for name, kind in kinds.items() if (below := _visit(walk, folder, name, kind, here)))


def _list(walk: _Walk, folder: str) -> dict[str, str]:
    """List a folder's entries, each with the letter for what it is, and remember that it was seen so."""
    full = os.path.join(walk.root, folder)
    mark = mark_at(full)
    try:
        with os.scandir(full) as listing:
            kinds = {entry.name: entry_kind(entry) for entry in listing}
    except OSError as error:
        walk.closed[folder] = error.strerror or str(error)
        walk.folders[folder] = Seen(mark, b"")
        return {}
    walk.folders[folder] = Seen(mark, listing_digest(kinds.items()))
    walk.present.update(folder + name for name in kinds)
    return kinds


def _with_own(walk: _Walk, folder: str, above: Ignores, kinds: Mapping[str, str]) -> Ignores:
    if kinds.get(IGNORE_FILE) != "f":
        return above
    walk.ignore_files[folder + IGNORE_FILE], raw = read_ignore_file(os.path.join(walk.root, folder, IGNORE_FILE))
    return above.within(folder, raw)


def _visit(walk: _Walk, folder: str, name: str, kind: str, ignores: Ignores) -> str:
    """Take one entry in; gives the path of a folder that is to be walked too, else nothing."""
    path = folder + name
    if kind == "d":
        enters = name not in NEVER and not _left_out(walk, f"{path}/", ignores)
        return f"{path}/" if enters else ""
    if kind == "f" and walk.wanted(path) and not _left_out(walk, path, ignores):
        _take(walk.files, walk.root, path)
    elif kind == "l" and walk.follow_links and not _left_out(walk, path, ignores):
        walk.links.append(path)
    return ""


def _follow(walk: _Walk) -> None:
    """Take in what links lead to inside the root, under its own path, so that nothing is read twice and no loop walked."""
    while walk.links:
        link = walk.links.pop()
        real = os.path.realpath(os.path.join(walk.root, link))
        if not real.startswith(walk.root.rstrip(os.sep) + os.sep):
            continue
        path = os.path.relpath(real, walk.root).replace(os.sep, "/")
        if not NEVER.isdisjoint(path.split("/")):
            continue
        if not os.path.isdir(real):
            if walk.wanted(link):
                _take(walk.files, walk.root, path)
        elif f"{path}/" not in walk.folders:
            _explore(walk, f"{path}/", Ignores())


def _left_out(walk: _Walk, path: str, ignores: Ignores) -> bool:
    return bool(walk.hidden.decide(path)) or ignores.hides(path)


def _take(files: dict[str, Mark], root: str, path: str) -> None:
    mark = mark_at(os.path.join(root, path))
    if mark and stat.S_ISREG(mark[0]):  # else it went, or became something else, since it was listed
        files.setdefault(path, mark)
