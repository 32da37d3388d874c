"""`docsync list`: the records of a kind, chosen and sorted."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, look, phase_option
from docsync.cli.streams import emit, say
from docsync.project.asking.choosing import Wanted, choose
from docsync.project.asking.fields import Fields
from docsync.project.asking.kinds import declaring, kind_named
from docsync.reporters.asked.listing import as_json as json_of
from docsync.reporters.asked.listing import as_text, columns_of


@click.command("list")
@click.argument("kind", default="", metavar="[KIND]")
@click.option("--status", multiple=True, metavar="STATUS[,STATUS]", help="Only with one of these; open, settled or none, too.")
@phase_option
@click.option(
    "--where",
    multiple=True,
    metavar="CONDITION[,…]",
    help="Only where this holds: type=interface, estimate>3d, title~cache.",
)
@click.option("--sort", default="", metavar="FIELD[,-FIELD]", help="The order [default: id]; - before a field turns it round.")
@click.option("--columns", default="", metavar="FIELD[,FIELD]", help="The fields to show.")
@asking_options
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    kind: str,
    *,
    status: tuple[str, ...],
    phase: str,
    where: tuple[str, ...],
    sort: str,
    columns: str,
    root: str | None,
    as_json: bool,
    no_cache: bool,
) -> None:
    """List the records of a KIND (hole, holes, task, …), or all of them.

    Conditions are a field, one of = != < <= > >= ~ (contains) !~, and a value; | between values means either of them, and
    nothing after = means empty. Several conditions must all hold. For anything more there is docsync query.
    """
    with asked(root, no_cache=no_cache, of_records=True) as project:
        kinds = (kind_named(project, kind),) if kind else ()
        fields = Fields(project, kinds)
        names = tuple(name.strip() for name in columns.split(",") if name.strip())
        shown = columns_of(fields, names)
        records = choose(project, Wanted(kinds, status, phase, where, sort or ("id" if kind else "kind,id")))
        if not fields.records:
            say(f"docsync: {declaring(project, *kinds)}")
        emit(json_of(fields, records, shown if names else ()) if as_json else as_text(fields, records, shown, look()))
