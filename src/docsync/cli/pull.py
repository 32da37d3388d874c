"""`docsync pull`: bring home what was changed by hand in generated text."""

from __future__ import annotations

import sys

import click

from docsync.cli.changes import tell
from docsync.cli.exits import FOUND, OK
from docsync.cli.options import STDIN, cache_option, dry_run_option, json_option, paths_argument, root_option
from docsync.cli.pulls import as_json as json_of
from docsync.cli.pulls import story, tally
from docsync.cli.streams import emit, is_terminal, say
from docsync.cli.telling import told
from docsync.engine.pulling.pull import Pulled, pull
from docsync.engine.request import Request
from docsync.engine.roots import default_root


@click.command("pull")
@paths_argument
@root_option
@cache_option
@json_option
@dry_run_option
@click.option("--since", default="", metavar="REV", help="Take in what was changed by hand and committed after REV, too.")
@click.option("--write", is_flag=True, help="Write the changes to their homes without asking.")
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    paths: tuple[str, ...], root: str | None, since: str, *, no_cache: bool, as_json: bool, dry_run: bool, write: bool
) -> int:
    """Offer what was changed by hand in generated tables and lists back to the records that they are made from.

    A cell that shows one field of one record and was changed since docsync wrote it, or git holds it, goes to the record's
    home, and so does a box that was ticked. What is counted or derived is told with the reason, as is what both sides changed.
    A change by hand that somebody has committed is what git holds; --since REV compares with what it held at REV instead.

    At a terminal it asks before it writes; otherwise nothing is written without --write.

    Exit codes: 0 nothing is left to pull, 1 something is, 2 a home cannot take the changes, and none was written.
    """
    if STDIN in paths:
        raise click.UsageError("pull rewrites files; it takes no text from standard input")
    if write and dry_run:
        raise click.UsageError("--write writes and --dry-run writes nothing; give one of them")
    request = Request(root or default_root(paths), paths, not no_cache, since=since)
    with told():
        pulled = pull(request, write=write)
    if as_json:
        emit(json_of(pulled, written=write))
        return _code(pulled, written=write)
    if dry_run:
        return _shown(request, pulled)
    emit("".join(f"{line}\n" for line in story(pulled)))
    if not write and pulled.findings.offers:
        if not _wanted(pulled):
            return FOUND
        with told():
            pulled = pull(request, write=True)
    if pulled.changed is None:
        return _code(pulled, written=write)
    emit("\n")
    return tell(request, pulled.changed, written=True) or _code(pulled, written=True)


def _shown(request: Request, pulled: Pulled) -> int:
    """Show what would be written as a diff, and beside it what that is made of."""
    say("\n".join(story(pulled)))
    if pulled.changed is not None:
        tell(request, pulled.changed, written=False)
    return _code(pulled, written=False)


def _wanted(pulled: Pulled) -> bool:
    """Ask whether to write; where nobody can answer, say how to."""
    if is_terminal() and sys.stdin is not None and sys.stdin.isatty():
        return click.confirm(f"\n{tally(pulled)} Write to the homes of these records?", default=False)
    emit(f"\n{tally(pulled)} --write writes to the homes of these records, --dry-run shows how.\n")
    return False


def _code(pulled: Pulled, *, written: bool) -> int:
    found = pulled.findings
    return FOUND if found.left or (found.offers and not written) else OK
