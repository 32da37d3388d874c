"""`docsync cache`: show what docsync keeps on this machine, and forget it."""

from __future__ import annotations

import json
import os
import time

import click

from docsync.cache.holdings import Holding, drop, holdings
from docsync.cache.owned import folder_of, home
from docsync.cli.exits import OK
from docsync.cli.options import json_option, root_option
from docsync.cli.streams import emit
from docsync.engine.roots import default_root
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape_path
from docsync.reporters.tabular import Table, plain

_DAY = 86_400


@click.group("cache")
def command() -> None:
    """Show what docsync keeps of documents that it has read, or forget it.

    It is kept in the user's cache folder ($XDG_CACHE_HOME, else ~/.cache), never in a project, and losing it costs nothing but
    time. Projects that are gone, or not checked for 90 days, are forgotten when the next one is new.
    """


@command.command("info")
@json_option
def info(*, as_json: bool) -> int:
    """Show where it is, and how much is kept of which project."""
    found = holdings()
    if as_json:
        kept = [{"root": each.root, "path": each.path, "files": each.files, "bytes": each.size} for each in found]
        emit(json.dumps({"folder": home(), "projects": kept}, indent=2) + "\n")
        return OK
    emit(f"{escape_path(home()) if home() else 'nowhere: there is no folder that only this user writes to'}\n")
    if found:
        emit(
            "\n"
            + plain(
                Table(("project", "size", "files", "last used"), tuple(map(_row, found)), right=frozenset({"size", "files"}))
            )
        )
    return OK


@command.command("clean")
@root_option
@click.option("--all", "everything", is_flag=True, help="Forget all projects, not just this one.")
def clean(root: str | None, *, everything: bool) -> int:
    """Forget what is kept of this project."""
    path = "" if everything else folder_of(os.path.realpath(root or default_root(())))
    chosen = [each for each in holdings() if everything or each.path == path]
    drop(chosen)
    size = sum(each.size for each in chosen)
    emit(f"Forgot {counted(len(chosen), 'project')}, {_size(size)}.\n" if chosen else "Nothing was kept.\n")
    return OK


def _row(holding: Holding) -> tuple[str, str, int, str]:
    days = int((time.time() - holding.used) // _DAY)
    used = "today" if days < 1 else f"{counted(days, 'day')} ago"
    return (holding.root or os.path.basename(holding.path), _size(holding.size), holding.files, used)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} kB"  # noqa: PLR2004  # bytes
