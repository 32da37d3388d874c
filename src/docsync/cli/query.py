"""`docsync query`: what a SQL statement gives of a project's records, mentions, claims and findings."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from docsync.cli.asking import asked, look
from docsync.cli.failures import Failure
from docsync.cli.found import found_in
from docsync.cli.options import STDIN, cache_option, json_option, root_option
from docsync.cli.streams import emit, say
from docsync.database.asking import Answer, ask
from docsync.database.describing import described
from docsync.database.failures import QueryError
from docsync.database.schema import tables
from docsync.database.tables import Table
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.generator.queries import laid_out
from docsync.models.nearness import meant
from docsync.reporters.counting import counted
from docsync.reporters.tabular import FORMATS, cut_cells
from docsync.reporters.tabular import Table as Drawn

_MARKDOWN = "markdown"
_TABLE = "table"
_LONGEST = 60
"""Signs of a cell that plain text shows of an answer; docs/query.md states the figure."""
_MOST = 1_000_000
"""Bytes of a statement from standard input that are read: any longer one is refused, whatever it says."""


@click.command("query")
@click.argument("sql", default="", metavar="[SQL]")
@click.option("--format", "output_format", type=click.Choice(list(FORMATS)), default="table", help="How to print the rows.")
@click.option("--schema", is_flag=True, help="List the tables and their columns; with a table's name for SQL, of that alone.")
@json_option
@root_option
@cache_option
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    sql: str, root: str | None, output_format: str, *, schema: bool, as_json: bool, no_cache: bool
) -> None:
    """Answer a SQL statement about the project; - reads it from standard input.

    SQLite answers it from a database in memory, with a table for each kind under its plural (holes, phases, tasks) and
    records, edges, needs, criteria, mentions, claims, documents and diagnostics. It only reads: nothing is written,
    attached or loaded, and time, memory and rows are bounded.
    """
    if not sql and not schema:
        raise click.UsageError("write a statement, such as 'select id, status from holes', or --schema")
    form = "json" if as_json else output_format
    statement = sys.stdin.buffer.read(_MOST).decode("utf-8", "replace").removeprefix("\ufeff") if sql == STDIN else sql
    with asked(root, no_cache=no_cache) as project, _refused():
        request = Request(root or default_root(()), (), not no_cache)
        held = tables(project, lambda: found_in(project, request))
        answer = described(_chosen(held, statement)) if schema else ask(held, statement)
        table, seen = _drawn(answer, 0 if schema else _LONGEST), look()
        emit(laid_out(answer) if form == _MARKDOWN else FORMATS[form](table, seen))
        if form == _TABLE and not seen.drawn and (cut := cut_cells(table)):
            say(f"docsync: {counted(cut, 'cell')} cut at {_LONGEST} signs; --format csv, json and markdown give all")


@contextmanager
def _refused() -> Iterator[None]:
    """Turn what keeps a query from being answered into a message."""
    try:
        yield
    except QueryError as error:
        raise Failure(str(error)) from error


def _chosen(held: Mapping[str, Table], name: str) -> tuple[Table, ...]:
    name = name.strip().strip("[]")
    if name and name not in held:
        raise QueryError(f"there is no table {name}; {meant(name, held)}")
    return (held[name],) if name else tuple(held.values())


def _drawn(answer: Answer, longest: int) -> Drawn:
    return Drawn(answer.columns, answer.values, right=answer.figures, longest=longest)
