"""Which commit a revision means that somebody names to compare with."""

from __future__ import annotations

import os
from subprocess import DEVNULL, PIPE, run
from typing import Final

from docsync.engine.git.objects import Ambiguous, Objects, objects_of
from docsync.engine.heads import quiet_environment
from docsync.engine.repository import Repository
from docsync.engine.request import JobError, Revision

_HEAD: Final = "HEAD"
_TREE: Final = b"tree "


def revision_of(root: str, repository: Repository | None, name: str) -> Revision:
    """Resolve a revision, or `A...B`, which means the commit where two parted; raises JobError where there is none."""
    if repository is None:
        raise JobError(f"--since {name}: {root} is in no git repository")
    with objects_of(root, repository) as objects:
        commit = _named(objects, repository, name)
        found = objects.get(commit)
    if found is None or not found.raw.startswith(_TREE):
        raise _missing(repository, name)
    return Revision(repository, name, commit, found.raw[len(_TREE) :].split(b"\n", 1)[0].decode("ascii"))


def tip_of(root: str, repository: Repository | None) -> Revision | None:
    """Give the last commit, None where there is none yet; raises JobError where there is no repository."""
    if repository is None:
        raise JobError(f"{root}: in no git repository, so it has no history; `git init` and a first commit begin one")
    with objects_of(root, repository) as objects:
        found = objects.get(f"{_HEAD}^{{commit}}")
    if found is None:
        return None
    return Revision(repository, _HEAD, found.name, found.raw[len(_TREE) :].split(b"\n", 1)[0].decode("ascii"))


def _named(objects: Objects, repository: Repository, name: str) -> str:
    one, dots, other = name.partition("...")
    if dots:
        sides = [_commit(objects, repository, side or _HEAD, name) for side in (one, other)]
        return _parted(repository, sides, name)
    if ".." in name:
        raise JobError(f"--since {name}: a range; name one revision, or {name.replace('..', '...')} for where the two parted")
    return _commit(objects, repository, name, name)


def _commit(objects: Objects, repository: Repository, side: str, name: str) -> str:
    try:
        # Only for a name by itself does git say that several objects go by it.
        found = objects.get(f"{side}^{{commit}}") or objects.get(side)
    except Ambiguous as error:
        raise JobError(f"--since {name}: several objects begin with {side}; give more of it") from error
    if found is None or found.kind != "commit":
        raise _missing(repository, name, side)
    return found.name


def _parted(repository: Repository, sides: list[str], name: str) -> str:
    try:
        done = run(  # noqa: S603  # commits by their full names
            ("git", "--no-replace-objects", "merge-base", "--", *sides),  # noqa: S607  # whichever git the user has
            cwd=repository.top,
            env=quiet_environment(),
            stdout=PIPE,
            stderr=DEVNULL,
            check=False,
        )
    except OSError as error:
        raise JobError(f"git cannot be run: {error.strerror or error}") from error
    found = done.stdout.decode("ascii", "replace").split()
    if not found:
        raise JobError(f"--since {name}: the two have no common ancestor here{_advice(repository, '')}")
    return found[0]


def _missing(repository: Repository, name: str, side: str = "") -> JobError:
    return JobError(f"--since {name}: there is no commit {side or name} here{_advice(repository, side or name)}")


def _advice(repository: Repository, name: str) -> str:
    """Say how to get what a clone lacks."""
    if not os.path.lexists(os.path.join(repository.shared, "shallow")):
        return "; `git fetch` gets what only the remote has" if name else ""
    return "; this clone is shallow: fetch its history (`git fetch --unshallow`, in GitHub Actions `fetch-depth: 0`)"
