"""`docsync install-hooks`: tell a repository to call docsync when it commits and merges, or no more."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

from docsync.cli.exits import FOUND, OK
from docsync.cli.options import root_option
from docsync.cli.streams import emit
from docsync.cli.telling import told
from docsync.engine.git.installing import Caller, install, uninstall
from docsync.engine.roots import default_root
from docsync.reporters.escaping import escape

_COMMAND: Final = "docsync"


@click.command("install-hooks")
@root_option
@click.option("--uninstall", "removes", is_flag=True, help="Take back all that was set up.")
def command(root: str | None, *, removes: bool) -> int:
    """Set up git to merge generated text without conflicts, to keep it true, and to refuse commits that contradict.

    It sets up three things, in this clone alone and outside the working tree (unless core.hooksPath names a folder there), and
    tells each. A merge driver, merge.docsync, in the repository's configuration. The lines in .git/info/attributes that name
    the documents it merges: not .gitattributes, since that is committed, and a clone has no such driver before somebody has
    run this command there; to choose the documents yourself, write merge=docsync there. And the hooks: pre-commit, which
    judges what is staged, and first regenerates and stages what a merge concluded by hand has left stale; post-merge,
    post-commit and post-rewrite, which regenerate after a merge, cherry-pick, revert or rebase that git committed by itself,
    and leave it to you to commit. They go where git looks for hooks. One that is there already stays as it is, and you are
    told which line to add.

    Worktrees of one repository share all three; a submodule has its own. Options of `git merge` such as -X ours do not reach
    a merge driver. Exit codes: 0 all is set up, 1 something was left alone, 2 nothing could be done.
    """
    folder = root or default_root(())
    complete = True
    with told():
        for step in uninstall(folder) if removes else install(folder, _caller()):
            complete = complete and step.done
            emit(f"{escape(step.text)}\n")
    if removes and complete:
        emit("Nothing of docsync is left in this repository's git.\n")
    return OK if complete else FOUND


def _caller() -> Caller:
    """Give how this very docsync is called again, whatever is on the path by then."""
    called = os.path.abspath(sys.argv[0])
    if os.path.basename(called) == _COMMAND and os.access(called, os.X_OK):
        return Caller(called)
    beside = os.path.join(os.path.dirname(sys.executable), _COMMAND)
    return Caller(beside) if os.access(beside, os.X_OK) else Caller(sys.executable, ("-m", _COMMAND))
