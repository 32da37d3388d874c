"""What git is in the middle of, or has just done, when it calls a hook."""

from __future__ import annotations

import os
from enum import Enum
from typing import Final

from docsync.engine.git.asking import attempt
from docsync.engine.git.staging import unmerged
from docsync.engine.repository import Repository

HOOKS: Final = ("pre-commit", "post-merge", "post-commit", "post-rewrite")
"""The hooks that git calls on the occasions that matter. Not pre-merge-commit: what it stages is not in the merge's commit."""

_REBASES: Final = ("rebase-merge", "rebase-apply")
_PICKED: Final = ("cherry-pick:", "revert:")
"""How git's log of HEAD names a commit that it made itself of another one."""


class Occasion(Enum):
    """Name what a hook is to do."""

    NOTHING = "nothing concerns documents, or it is too early"
    CHECK = "a person commits: judge what is staged"
    CONCLUDE = "a person commits what was merged: put it right, then judge it"
    REBASING = "a person commits in the middle of a rebase, which judges no commit: put it right"
    SQUASHED = "git has merged, staged all of it, and commits nothing: put it right"
    DONE = "git has committed: put the working tree right"


def occasion(repository: Repository, hook: str, arguments: tuple[str, ...]) -> Occasion:
    """Tell what a hook was called for; nothing while there are conflicts, which nobody but a person can settle."""
    if unmerged(repository.top):
        return Occasion.NOTHING
    return _OCCASIONS[hook](repository, arguments)


def _pre_commit(repository: Repository, _arguments: tuple[str, ...]) -> Occasion:
    if _rebasing(repository):
        return Occasion.REBASING
    return Occasion.CONCLUDE if repository.sides() else Occasion.CHECK


def _post_merge(repository: Repository, arguments: tuple[str, ...]) -> Occasion:
    """Tell a squash, which is only staged, and a merge that was committed from a fast-forward, which merges nothing."""
    if arguments[:1] == ("1",):
        return Occasion.SQUASHED
    before = attempt(repository.top, "rev-parse", "-q", "--verify", "ORIG_HEAD")[1].strip()
    _, *parents = attempt(repository.top, "rev-list", "--parents", "-n", "1", "HEAD")[1].split() or [b""]
    return Occasion.DONE if len(parents) > 1 and parents[0] == before else Occasion.NOTHING


def _post_commit(repository: Repository, _arguments: tuple[str, ...]) -> Occasion:
    """Tell the last of the commits that are picked or reverted: after any other, git goes on in a tree that must be clean."""
    if _rebasing(repository) or _commands_left(repository) > 1:
        return Occasion.NOTHING
    said = attempt(repository.top, "log", "-1", "-g", "--format=%gs", "HEAD", "--")[1].decode("utf-8", "replace")
    picked = said.startswith(_PICKED) or os.path.lexists(os.path.join(repository.own, "CHERRY_PICK_HEAD"))
    return Occasion.DONE if picked else Occasion.NOTHING


def _post_rewrite(_repository: Repository, arguments: tuple[str, ...]) -> Occasion:
    return Occasion.DONE if arguments[:1] == ("rebase",) else Occasion.NOTHING


_OCCASIONS: Final = {
    "pre-commit": _pre_commit,
    "post-merge": _post_merge,
    "post-commit": _post_commit,
    "post-rewrite": _post_rewrite,
}


def _rebasing(repository: Repository) -> bool:
    return any(os.path.lexists(os.path.join(repository.own, name)) for name in _REBASES)


def _commands_left(repository: Repository) -> int:
    """Count the commits that a cherry-pick or revert of several has still to make, the one just made included."""
    try:
        with open(os.path.join(repository.own, "sequencer", "todo"), encoding="utf-8", errors="replace") as stream:
            return sum(1 for line in stream if line.strip() and not line.startswith("#"))
    except OSError:
        return 0
