"""`docsync set`: give fields of records other values, in their homes."""

from __future__ import annotations

import re
from typing import Final

import click

from docsync.cli.changes import tell
from docsync.cli.options import cache_option, dry_run_option, root_option
from docsync.cli.telling import told
from docsync.engine.changing_records.acts import set_fields
from docsync.engine.changing_records.setting_fields import Assignment
from docsync.engine.request import Request
from docsync.engine.roots import default_root

_ASSIGNMENT: Final = re.compile(r"(?P<field>[^\W\d_][\w .-]*?)\s*(?P<sign>[+-]?=)(?P<value>.*)", re.DOTALL)


@click.command("set")
@click.argument("arguments", nargs=-1, required=True, metavar="ID... FIELD=VALUE...")
@root_option
@cache_option
@dry_run_option
def command(arguments: tuple[str, ...], root: str | None, *, no_cache: bool, dry_run: bool) -> int:
    """Set fields of records where their homes write them, and regenerate all that depends on them.

    FIELD=VALUE sets, FIELD+=VALUE adds to a list, FIELD-=VALUE takes out of it, and FIELD= empties. Several ids and several
    fields are set all or none. What was changed is read again before it is written: only those values may differ.

    Exit codes: 0 done, 1 done, and something contradicts now that did not, 2 refused, with nothing changed.
    """
    names = tuple(each for each in arguments if not _ASSIGNMENT.fullmatch(each))
    found = [match for each in arguments if (match := _ASSIGNMENT.fullmatch(each))]
    if not names or not found:
        raise click.UsageError("name a record and what to set, as in: docsync set H6 status=ready")
    assignments = [Assignment(match["field"], match["sign"], match["value"].strip()) for match in found]
    request = Request(root or default_root(()), cache=not no_cache)
    with told():
        done = set_fields(request, names, assignments, write=not dry_run)
    return tell(request, done, written=not dry_run)
