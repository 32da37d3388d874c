"""`docsync start`: begin work on a record."""

from __future__ import annotations

import click

from docsync.cli.changes import tell
from docsync.cli.options import cache_option, dry_run_option, root_option
from docsync.cli.telling import told
from docsync.engine.changing_records.acts import start
from docsync.engine.request import Request
from docsync.engine.roots import default_root


@click.command("start")
@click.argument("name", metavar="ID")
@root_option
@cache_option
@dry_run_option
def command(name: str, root: str | None, *, no_cache: bool, dry_run: bool) -> int:
    """Call a record in progress in its home, and regenerate all that depends on it.

    Exit codes: 0 done, 1 done, and something contradicts now that did not, 2 refused, with nothing changed.
    """
    request = Request(root or default_root(()), cache=not no_cache)
    with told():
        done = start(request, name, write=not dry_run)
    return tell(request, done, written=not dry_run)
