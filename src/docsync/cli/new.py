"""`docsync new`: write a new record from its scaffold, where its siblings are."""

from __future__ import annotations

import click

from docsync.cli.arrivals import day_option, reported
from docsync.cli.options import root_option
from docsync.cli.telling import told
from docsync.engine.arriving.drafting import draft
from docsync.engine.arriving.introducing import introduce
from docsync.engine.arriving.places import place_below
from docsync.engine.arriving.wishes import Wish
from docsync.engine.request import Request
from docsync.engine.roots import default_root


@click.command("new")
@click.argument("kind", metavar="KIND")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--id", "record_id", default="", metavar="ID", help="Its id [default: the next free one].")
@click.option("--title", default="", help="What it is called.")
@click.option(
    "--in", "place", default="", metavar="PATH", help="The document or folder it goes to [default: where others are]."
)
@click.option("--date", "day", callback=day_option, metavar="DATE", help="The day that it is dated [default: today].")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a unified diff.")
@root_option
def command(  # noqa: PLR0913, PLR0917  # one parameter an option, as click calls it
    kind: str,
    fields: tuple[str, ...],
    record_id: str,
    title: str,
    place: str,
    day: str,
    root: str | None,
    *,
    dry_run: bool,
) -> int:
    """Write a new record from the scaffold of its kind, in the form and the place that its siblings have.

    A field given several times holds several values; criteria are parted by semicolons. What it states is checked before
    anything is written, and what is generated from it is regenerated. Exit codes: 0 written, 1 written and something else
    disagrees now, 2 nothing was written.
    """
    folder, given = root or default_root(()), _given(fields)
    request = Request(folder)
    titles = [value for name in ("title", "Title") for value in given.pop(name, [])]
    with told():
        wish = Wish(kind, day, record_id, title or " ".join(titles), given, place_below(folder, place) if place else "")
        done = introduce(request, lambda project, texts: draft(project, texts, wish), write=not dry_run)
    return reported(request, done, written=not dry_run)


def _given(fields: tuple[str, ...]) -> dict[str, list[str]]:
    """Read `field=value`; one that comes again adds a value."""
    found: dict[str, list[str]] = {}
    for one in fields:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(f"{one}: write field=value, such as phase=3, and a title after --title")
        found.setdefault(name.strip(), []).append(value.strip())
    return found
