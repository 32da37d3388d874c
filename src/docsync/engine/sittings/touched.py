"""Which files differ from what they were at a commit, those that are not committed included."""

from __future__ import annotations

import os
from collections.abc import Iterator
from subprocess import run
from typing import Final

from msgspec import Struct

from docsync.engine.heads import quiet_environment
from docsync.engine.request import JobError

_GIT: Final = ("git", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_DIFF: Final = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--name-status", "--find-renames", "-z", "--relative")
_OTHERS: Final = ("ls-files", "--others", "--exclude-standard", "-z")
_WORDS: Final = {"A": "new", "D": "removed", "R": "renamed", "C": "new", "M": "changed", "T": "changed"}


class Touched(Struct, frozen=True):
    """Name a file, relative to the root, and say what became of it; `was` is its name before it was renamed."""

    path: str
    what: str
    was: str = ""


def touched_since(root: str, commit: str) -> tuple[Touched, ...]:
    """Give the files below a root that differ from a commit, by path; raises JobError where git fails."""
    found = {one.path: one for one in _changed(_asked(root, *_DIFF, commit, "--", "."))}
    for path in _asked(root, *_OTHERS, "--", "."):
        found.setdefault(path, Touched(path, "new"))
    return tuple(found[path] for path in sorted(found))


def _changed(parts: list[str]) -> Iterator[Touched]:
    left = iter(parts)
    for letter in left:
        path = next(left)
        was = ""
        if letter[:1] in ("R", "C"):
            was, path = path, next(left)
        if letter[:1] in _WORDS:
            yield Touched(path, _WORDS[letter[:1]], was if letter[:1] == "R" else "")


def _asked(root: str, *arguments: str) -> list[str]:
    try:
        done = run((*_GIT, *arguments), cwd=root, env=quiet_environment(), capture_output=True, check=False)  # noqa: S603  # a full commit name, and no path
    except OSError as error:
        raise JobError(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise JobError(f"git {arguments[0]} failed in {root}: {said}")
    return [os.fsdecode(part) for part in done.stdout.split(b"\0") if part]
