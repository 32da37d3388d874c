"""What a SQL statement gives, asked of a database that is made for it, in memory, and holds what it names."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, Final

from msgspec import Struct

from docsync.database.failures import QueryError
from docsync.database.faults import reason
from docsync.database.filling import create, insert
from docsync.database.guard import LONGEST_QUERY, Guard, Limits
from docsync.database.tables import Table, Type, Value
from docsync.models.records import Json

_WORD = re.compile(r"\w+")
_ALL_ROWS = re.compile(r"\(\s*\*\s*\)")
_FIRST = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z)|\()*(\w*)", re.DOTALL)
_BEGINNINGS: Final = ("select", "with", "values")
_DEFAULT: Final = Limits()
_DEEPEST: Final = 20
"""So many lists inside each other are taken for what a field holds; any deeper, they are text."""


class Answer(Struct, frozen=True):
    """Hold what a query gave: its columns, each under another name, and its rows.

    `tables` are those that it names, `lists` the columns of these that hold JSON.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    tables: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    @property
    def values(self) -> tuple[tuple[Json, ...], ...]:
        """Give the rows with lists and mappings in place of their JSON text, where a column is called as one of these is."""
        if self.lists.isdisjoint(self.columns):
            return self.rows
        listed = [title in self.lists for title in self.columns]
        return tuple(
            tuple(_decoded(value) if is_list else value for value, is_list in zip(row, listed, strict=True))
            for row in self.rows
        )

    @property
    def figures(self) -> frozenset[str]:
        """Give the columns that hold numbers and nothing else."""
        return frozenset(
            title
            for at, title in enumerate(self.columns)
            if (kept := [row[at] for row in self.rows if row[at] is not None])
            and all(isinstance(value, int | float) for value in kept)
        )


def ask(tables: Mapping[str, Table], statement: str, limits: Limits = _DEFAULT, *, timeless: bool = False) -> Answer:
    """Answer one statement that reads; raises QueryError for any other, for one that is wrong, and at a limit.

    A `timeless` one may not ask for the time or draw lots, so that it gives the same for the same documents.
    """
    _check(statement)
    named = named_tables(tables, statement)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for table in tables.values():
            create(connection, table)
        for name in named:
            insert(connection, tables[name], _columns(tables[name], statement))
        connection.text_factory = _text
        guard = Guard(connection, tables, limits, timeless=timeless)
        with closing(guard), _told(statement, tables, guard):
            columns, rows = _answered(connection, statement, guard)
    lists = (column.name for name in named for column in tables[name].columns if column.type is Type.JSON)
    return Answer(columns, rows, named, frozenset(lists))


def named_tables(tables: Mapping[str, Table], statement: str) -> frozenset[str]:
    """Give the tables that a statement can read: SQL cannot read one without its name standing there, in any case."""
    words = {word.lower() for word in _WORD.findall(statement)}
    return frozenset(name for name in tables if name.lower() in words)


def _check(statement: str) -> None:
    """Refuse what is no query, in words plainer than SQLite's."""
    if "\0" in statement or any("\ud800" <= sign <= "\udfff" for sign in statement):
        raise QueryError("the query holds a sign that no text may hold")
    if len(statement.encode()) > LONGEST_QUERY:
        raise QueryError(f"the query is longer than {LONGEST_QUERY:,} bytes")
    found = _FIRST.match(statement)
    first = found[1].lower() if found else ""
    if not statement.strip() or (not first and found and found.end() == len(statement)):
        raise QueryError("the query is empty; write select … from …")
    if first not in _BEGINNINGS:
        raise QueryError(f"a query begins with select, with or values, and this one with {first or statement.strip()[:1]}")


def _columns(table: Table, statement: str) -> frozenset[str] | None:
    """Give the columns of a table that a statement can read, None for all: by name, by `*`, or by a natural join."""
    words = {word.lower() for word in _WORD.findall(statement)}
    if "natural" in words or "*" in _ALL_ROWS.sub("", statement):
        return None
    return frozenset(name for name in table.names if name.lower() in words)


@contextmanager
def _told(statement: str, tables: Mapping[str, Table], guard: Guard) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise QueryError(guard.refusal or reason(str(error), statement, tables)) from error
    except MemoryError as error:
        raise QueryError("the query takes too much memory") from error


def _answered(
    connection: sqlite3.Connection, statement: str, guard: Guard
) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
    cursor = connection.execute(statement)
    rows: list[tuple[Value, ...]] = []
    size = 0
    for row in cursor:
        rows.append(tuple(map(_value, row)))
        size += sum(len(cell) for cell in rows[-1] if isinstance(cell, str))
        if len(rows) > guard.limits.rows:
            raise QueryError(f"the query gives over {guard.limits.rows:,} rows; add a limit")
        if size > guard.limits.size:
            raise QueryError(f"the query gives over {guard.limits.size:,} characters; ask for less")
    return _titles(cursor.description), tuple(rows)


def _titles(description: Any) -> tuple[str, ...]:  # noqa: ANN401  # seven-tuples, of which the first counts
    titles: list[str] = []
    for name, *_ in description:
        title, number = name, 1
        while title in titles:
            number += 1
            title = f"{name} {number}"
        titles.append(title)
    return tuple(titles)


def _value(value: str | float | bytes | None) -> Value:
    """Give a value as JSON can hold it: a blob as SQL writes it, and nothing for infinity, as SQLite gives for no number."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _decoded(value: Value) -> Json:
    """Give the list or mapping that a text is; any other value, which the query may have made, as it is."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return value
    try:
        found: Json = json.loads(value, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        return value
    return found if _is_shallow(found, _DEEPEST) else value


def _finite(written: str) -> float:
    """Read a number; raises ValueError for what JSON cannot hold."""
    if math.isfinite(number := float(written)):
        return number
    raise ValueError(written)


def _is_shallow(value: Json, levels: int) -> bool:
    if not isinstance(value, list | dict):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(one, levels - 1) for one in inner)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
