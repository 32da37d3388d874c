"""`docsync tick`: say that criteria of a record are met, or are not any more."""

from __future__ import annotations

import click

from docsync.cli.changes import tell
from docsync.cli.options import cache_option, dry_run_option, root_option
from docsync.cli.telling import told
from docsync.engine.changing_records.acts import tick
from docsync.engine.request import Request
from docsync.engine.roots import default_root


@click.command("tick")
@click.argument("name", metavar="ID")
@click.argument("criteria", nargs=-1, required=True, metavar="CRITERION...")
@click.option("--untick", is_flag=True, help="Take the ticks away.")
@root_option
@cache_option
@dry_run_option
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    name: str, criteria: tuple[str, ...], *, untick: bool, root: str | None, no_cache: bool, dry_run: bool
) -> int:
    """Tick criteria of a record, each by its number, its text, or a part of it that no other has.

    Exit codes: 0 done, 1 done, and something contradicts now that did not, 2 refused, with nothing changed.
    """
    request = Request(root or default_root(()), cache=not no_cache)
    with told():
        done = tick(request, name, criteria, met=not untick, write=not dry_run)
    return tell(request, done, written=not dry_run)
