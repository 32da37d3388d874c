"""How generated text is put right where git has just put a tree together, in the index or in the working tree."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from docsync.engine.git.asking import ask, attempt, names
from docsync.engine.git.staging import Staged, staged
from docsync.engine.repository import Repository, find_repository
from docsync.engine.request import Request
from docsync.engine.results import FileChange, Wish
from docsync.engine.running import regenerate
from docsync.models.diagnostics import Report

_STASHES: Final = (("rebase-merge", "autostash"), ("rebase-apply", "autostash"), ("MERGE_AUTOSTASH",))


class Refreshed(Struct, frozen=True):
    """Hold what was put right and what was left, by path from the project's root.

    `spared` are the files that are out of date and hold changes of somebody's own; `report` tells of what docsync could not
    put right, None where it had nothing to do.
    """

    changed: tuple[FileChange, ...] = ()
    spared: tuple[str, ...] = ()
    report: Report | None = None


def refresh_index(root: str, *, merged: bool) -> Refreshed:
    """Put right what is staged, and stage it; raises JobError and ConfigError.

    A file in the tree follows where it holds what was staged, and is left alone where somebody has changed it since.
    `merged` tells that the index holds nothing but what git has merged, all of which commits remember: then no generated
    text in it was edited by hand.
    """
    root = os.path.realpath(root)
    with staged(root) as stage:
        done = regenerate(Request(stage.root, stead=root), Wish(merged=merged))
        if not done.changes:
            return Refreshed(report=done.left)
        alike = [change.path for change in done.changes if _holds(os.path.join(root, change.path), change.before.encode())]
        _stage(stage, done.changes)
    spared = tuple(change.path for change in done.changes if change.path not in alike)
    if alike:
        regenerate(_only(root, alike), Wish(merged=merged))
        attempt(stage.repository.top, "update-index", "-q", "--refresh")
    return Refreshed(done.changes, spared, done.left)


def refresh_tree(root: str) -> Refreshed:
    """Put right the committed files of the working tree that nobody has changed since; raises JobError and ConfigError."""
    root = os.path.realpath(root)
    repository = find_repository(root)
    due = regenerate(Request(root), Wish(write=False))
    if repository is None or not due.changes:
        return Refreshed(report=due.left)
    prefix = os.path.relpath(root, repository.top)
    full = {change.path: os.path.normpath(os.path.join(prefix, change.path)) for change in due.changes}
    own = _own(repository, full.values())
    free = [path for path, named in full.items() if named not in own]
    done = regenerate(_only(root, free), Wish()) if free else None
    spared = tuple(path for path in full if path not in free)
    return Refreshed(done.changes if done else (), spared, done.left if done else due.left)


def _only(root: str, paths: Iterable[str]) -> Request:
    return Request(root, tuple(os.path.join(root, path) for path in paths))


def _stage(stage: Staged, changes: Iterable[FileChange]) -> None:
    """Put what stands in the staged folder into the index, through the filters that git would apply."""
    top = stage.repository.top
    entries = []
    for change in changes:
        path = stage.prefix + change.path
        written = os.path.join(stage.root, change.path)
        name = ask(top, "hash-object", "-w", f"--path={path}", "--", written).decode("ascii").strip()
        entries.append(f"{stage.modes[path]} {name}\t{path}\0")
    ask(top, "update-index", "-z", "--index-info", given=os.fsencode("".join(entries)))


def _own(repository: Repository, paths: Iterable[str]) -> frozenset[str]:
    """Give, of some files, those that hold changes which no commit holds, and those that git is about to change again."""
    top, listed = repository.top, tuple(paths)
    known = set(names(ask(top, "ls-files", "-z", "--", *listed)))
    changed = set(names(ask(top, "diff", "--name-only", "-z", "--no-renames", "HEAD", "--", *listed)))
    return frozenset((set(listed) - known) | changed | _stashed(repository))


def _stashed(repository: Repository) -> set[str]:
    """Give the files that a rebase or merge has put aside, and brings back when its hooks are done."""
    for parts in _STASHES:
        if name := _read(os.path.join(repository.own, *parts)):
            listing = ask(repository.top, "diff", "--name-only", "-z", "--no-renames", f"{name}^1", name, "--")
            return set(names(listing))
    return set()


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as stream:
            return stream.read().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _holds(path: str, raw: bytes) -> bool:
    try:
        with open(path, "rb") as stream:
            return stream.read(len(raw) + 1) == raw
    except OSError:
        return False
