"""`docsync git-hook`: what the hooks that `docsync install-hooks` sets up call."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from docsync.cli.check import command as check_command
from docsync.cli.exits import OK
from docsync.cli.options import root_option
from docsync.cli.streams import say
from docsync.config.errors import ConfigError
from docsync.engine import FileChange
from docsync.engine.git.occasions import HOOKS, Occasion, occasion
from docsync.engine.git.refreshing import Refreshed, refresh_index, refresh_tree
from docsync.engine.repository import find_repository
from docsync.engine.request import JobError
from docsync.engine.roots import default_root
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path

_REFRESHED_INDEX = (Occasion.SQUASHED, Occasion.CONCLUDE, Occasion.REBASING)
_JUDGED = (Occasion.CHECK, Occasion.CONCLUDE)


@click.command("git-hook", context_settings={"ignore_unknown_options": True})
@root_option
@click.argument("hook", type=click.Choice(HOOKS))
@click.argument("arguments", nargs=-1)
def command(root: str | None, hook: str, arguments: tuple[str, ...]) -> int:
    """Do what one of git's hooks has to do; git calls it with the hook's own ARGUMENTS.

    pre-commit judges what is staged, and refuses the commit with the findings. Where that concludes a merge, cherry-pick or
    revert, it first puts right what is generated, and stages it. After what git commits by itself, a merge, rebase,
    cherry-pick or revert, generated text in the working tree is put right and left uncommitted.
    """
    folder = os.path.realpath(root or default_root(()))
    repository = find_repository(folder)
    try:
        what = occasion(repository, hook, arguments) if repository else Occasion.NOTHING
        if what in _REFRESHED_INDEX:
            _tell(refresh_index(folder, merged=what is Occasion.SQUASHED), "staged")
        elif what is Occasion.DONE:
            _tell(refresh_tree(folder), "left for you to commit")
    except (JobError, ConfigError) as error:
        # Only a check may keep git from going on: what is out of date can be put right at any time.
        say(f"docsync: generated text was not put right: {escape(str(error))}")
        return OK
    return _judged(folder) if what in _JUDGED else OK


def _judged(root: str) -> int:
    code = check_command.main(["--staged", "--root", root], prog_name="docsync check", standalone_mode=False)
    if code:
        say("docsync: not committed; mend it, or run `docsync regenerate`, then `git add` and commit again (see above)")
    return code if isinstance(code, int) else OK


def _tell(done: Refreshed, fate: str) -> None:
    for line in _lines(done, fate):
        say(f"docsync: {line}")


def _lines(done: Refreshed, fate: str) -> Iterator[str]:
    if done.changed:
        were = "was" if len(done.changed) == 1 else "were"
        yield f"{counted(len(done.changed), 'file')} out of date {were} regenerated and {fate}:"
        yield from (f"  {_named(change)}" for change in done.changed)
    for path in done.spared:
        yield f"{escape_path(path)} holds changes of yours; `docsync regenerate` puts it right"
    if done.report and done.report.diagnostics:
        yield f"{counted(len(done.report.diagnostics), 'generated text')} could not be put right; `docsync check` shows why"


def _named(change: FileChange) -> str:
    return escape_path(change.path) + (f" ({', '.join(map(escape, change.regions))})" if change.regions else "")
