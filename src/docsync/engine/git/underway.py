"""Whether git is rewriting the tree right now, so that what is there is neither the old state nor the new one."""

from __future__ import annotations

import os
from typing import Final

from docsync.engine.repository import Repository

_SIGNS: Final = {
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "index.lock": "git",
}
"""What lies in a worktree's own git folder while something goes on, the longest first."""


def underway(repository: Repository | None) -> str:
    """Name what git is at: `a rebase`, or just `git` while it holds its lock; empty when it is at nothing."""
    if repository is None:
        return ""
    return next((what for name, what in _SIGNS.items() if os.path.lexists(os.path.join(repository.own, name))), "")
