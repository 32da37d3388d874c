"""`docsync defer`: put a record off."""

from __future__ import annotations

import click

from docsync.cli.changes import tell
from docsync.cli.options import cache_option, dry_run_option, root_option
from docsync.cli.telling import told
from docsync.engine.changing_records.acts import defer
from docsync.engine.request import Request
from docsync.engine.roots import default_root


@click.command("defer")
@click.argument("name", metavar="ID")
@click.option("--reason", default="", metavar="TEXT", help="Why, in brackets behind the status.")
@root_option
@cache_option
@dry_run_option
def command(name: str, reason: str, root: str | None, *, no_cache: bool, dry_run: bool) -> int:
    """Call a record deferred in its home, and regenerate all that depends on it.

    Exit codes: 0 done, 1 done, and something contradicts now that did not, 2 refused, with nothing changed.
    """
    request = Request(root or default_root(()), cache=not no_cache)
    with told():
        done = defer(request, name, reason, write=not dry_run)
    return tell(request, done, written=not dry_run)
