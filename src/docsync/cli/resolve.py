"""`docsync resolve`: call a record resolved, and say how."""

from __future__ import annotations

import click

from docsync.cli.changes import tell
from docsync.cli.options import cache_option, dry_run_option, root_option
from docsync.cli.telling import told
from docsync.engine.changing_records.acts import Resolution, resolve
from docsync.engine.request import Request
from docsync.engine.roots import default_root


@click.command("resolve")
@click.argument("name", metavar="ID")
@click.option("--resolution", default="", metavar="PATH", help="What resolves it: a file, which must be there, or a sentence.")
@click.option("--evidence", multiple=True, metavar="PATH", help="What shows it: a file, a commit or a report; may be repeated.")
@root_option
@cache_option
@dry_run_option
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    name: str, resolution: str, evidence: tuple[str, ...], root: str | None, *, no_cache: bool, dry_run: bool
) -> int:
    """Call a record resolved in its home, regenerate all that depends on it, and tell what became ready.

    Refused while it waits for records that are open.

    Exit codes: 0 done, 1 done, and something contradicts now that did not, 2 refused, with nothing changed.
    """
    request = Request(root or default_root(()), cache=not no_cache)
    with told():
        done = resolve(request, name, Resolution(resolution, evidence), write=not dry_run)
    return tell(request, done, written=not dry_run)
