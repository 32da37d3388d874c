"""How tables get into a SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from docsync.database.schema import tables
from docsync.database.tables import Table
from docsync.project.index import Project


def fill(connection: sqlite3.Connection, project: Project, names: Iterable[str] | None = None) -> None:
    """Create a project's tables in a database and fill them: those named, or all but `diagnostics`."""
    known = tables(project)
    for name in known if names is None else names:
        create(connection, known[name])
        insert(connection, known[name])


def create(connection: sqlite3.Connection, table: Table) -> None:
    """Create a table without rows."""
    columns = ", ".join(f"{quoted(column.name)} {column.type.declared}" for column in table.columns)
    connection.execute(f"create table {quoted(table.name)} ({columns})")


def insert(connection: sqlite3.Connection, table: Table, wanted: Collection[str] | None = None) -> None:
    """Insert the rows of a table; columns that are not wanted stay empty."""
    names = [name for name in table.names if wanted is None or name in wanted]
    if not names:
        # A table of which only the number of rows matters needs some column all the same.
        names = [table.names[0]]
    columns, signs = ", ".join(map(quoted, names)), ", ".join("?" * len(names))
    connection.executemany(
        f"insert into {quoted(table.name)} ({columns}) values ({signs})",  # noqa: S608  # names of columns, quoted
        table.rows(frozenset(names)),
    )


def quoted(name: str) -> str:
    """Give a name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'
