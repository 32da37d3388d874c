"""`docsync export`: what a project holds, for other programs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import click

from docsync.cli.asking import asked
from docsync.cli.failures import Failure
from docsync.cli.found import found_in
from docsync.cli.options import cache_option, root_option
from docsync.cli.streams import emit_bytes, is_terminal, say
from docsync.database.schema import tables
from docsync.database.tables import Table
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.models.schema import field_key
from docsync.project.asking.kinds import kind_named
from docsync.project.index import Project
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape_path
from docsync.text.delivering import deliver, deliver_folder
from docsync.text.refusal import Refusal

_ENDINGS: Final[Mapping[str, str]] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".parquet": "parquet",
}
_FORMATS: Final = ("sqlite", "json", "jsonl", "csv", "parquet")
_ONE_EACH: Final = ("csv", "parquet")
_BINARY: Final = ("sqlite", "parquet")
_FEW: Final = 5


@click.command("export")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="The form [default: what PATH ends in, else json].")
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(), help="Where to write it, - for the standard output [default]."
)
@click.option("--kind", multiple=True, metavar="KIND", help="Only this kind, or this table of docsync query --schema.")
@click.option("--force", is_flag=True, help="Write over what is there.")
@root_option
@cache_option
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    form: str | None, output: str | None, kind: tuple[str, ...], root: str | None, *, force: bool, no_cache: bool
) -> None:
    """Write all that the project holds as a SQLite database, JSON, CSV or Parquet, or its work as issues in JSON Lines.

    CSV and Parquet are a file a table: PATH is a folder, or with one --kind a file. jsonl has the form that the beads tracker
    keeps in .beads/issues.jsonl. Nothing is overwritten without --force, and every file is written whole or not at all.
    """
    place = None if output in (None, "-") else output
    chosen = form or _ENDINGS.get(os.path.splitext(place or "")[1].lower(), "json")
    if chosen in _ONE_EACH and place is None and len(kind) != 1:
        raise click.UsageError(
            f"{chosen} is a file a table; -o names a folder for all of them, or --kind the one that you want"
        )
    if chosen in _BINARY and place is None and is_terminal():
        raise click.UsageError(f"{chosen} is no text for a terminal; -o names a file, or > one")
    request = Request(root or default_root(()), (), not no_cache)
    with asked(root, no_cache=no_cache) as project:
        if chosen == "jsonl":
            _write(place, _issues(project, kind), force=force)
        elif chosen in _ONE_EACH:
            _write_each(place, chosen, _tables(project, request, kind), force=force, alone=len(kind) == 1)
        else:
            _write(place, _WHOLE[chosen](_tables(project, request, kind)), force=force)


def _tables(project: Project, request: Request, kinds: Sequence[str]) -> Mapping[str, Table]:
    """Give the tables that were asked for, by the kind or by their own name; all of them where none was."""
    known = tables(project, lambda: found_in(project, request))
    names = [name if name in known else _table_of(project, name) for name in kinds] or list(known)
    return {name: known[name] for name in names}


def _table_of(project: Project, name: str) -> str:
    kind = kind_named(project, name)
    key = field_key(project.config.kinds[kind].plural) or field_key(kind)
    found = next((table for table in tables(project) if table.rstrip("_") == key), "")
    if not found:
        raise Failure(f"there is no table of {name}; docsync query --schema lists the tables")
    return found


def _issues(project: Project, kinds: Sequence[str]) -> bytes:
    from docsync.engine.exporting.issues import issues_of  # noqa: PLC0415  # this form alone needs it

    found = issues_of(project, [kind_named(project, kind) for kind in kinds])
    for line in found.left_out[:_FEW]:
        say(f"docsync: left out: {line}")
    if len(found.left_out) > _FEW:
        say(f"docsync: left out: {len(found.left_out) - _FEW:,} more of these")
    return "".join(json.dumps(issue, ensure_ascii=False, separators=(",", ":")) + "\n" for issue in found.issues).encode()


def _json(chosen: Mapping[str, Table]) -> bytes:
    from docsync.reporters.exporting.as_json import as_json  # noqa: PLC0415  # each form imports what it needs

    return as_json(chosen)


def _sqlite(chosen: Mapping[str, Table]) -> bytes:
    from docsync.reporters.exporting.as_sqlite import as_sqlite  # noqa: PLC0415

    return as_sqlite(chosen)


_WHOLE: Final[Mapping[str, Callable[[Mapping[str, Table]], bytes]]] = {"json": _json, "sqlite": _sqlite}


def _writer(form: str) -> Callable[[Table], bytes]:
    if form == "csv":
        from docsync.reporters.exporting.as_csv import as_csv  # noqa: PLC0415

        return as_csv
    from docsync.reporters.exporting.as_parquet import Unsupported, as_parquet, library  # noqa: PLC0415

    try:
        library()
    except Unsupported as error:
        raise Failure(str(error)) from error
    return as_parquet


def _write_each(place: str | None, form: str, chosen: Mapping[str, Table], *, force: bool, alone: bool) -> None:
    write = _writer(form)
    if alone:
        (table,) = chosen.values()
        if place is None or not os.path.isdir(place):
            _write(place, write(table), force=force)
            return
    files = {f"{name}.{form}": write(table) for name, table in chosen.items()}
    try:
        deliver_folder(os.path.abspath(place or ""), files, replace=force)
    except Refusal as refusal:
        raise _told(place or "", refusal) from refusal
    say(f"Wrote {counted(len(files), 'file')} into {escape_path(place or '')}.")


def _write(place: str | None, raw: bytes, *, force: bool) -> None:
    if place is None:
        emit_bytes(raw)
        return
    try:
        deliver(os.path.abspath(place), raw, replace=force)
    except Refusal as refusal:
        raise _told(place, refusal) from refusal
    say(f"Wrote {escape_path(place)} ({len(raw):,} bytes).")


def _told(place: str, refusal: Refusal) -> Failure:
    hint = "; --force writes over it" if refusal.code == "DS007" and "overwritten" in refusal.message else ""
    return Failure(f"{place}: {refusal.message}{hint}")
