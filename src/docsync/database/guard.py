"""What a statement may do: read the tables, and nothing else; and how long, how large, how often."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection
from contextlib import suppress
from typing import Final

from msgspec import Struct

from docsync.database.functions import ALLOWED, CLOCK, LONGEST, Functions
from docsync.database.memory import in_use, peak
from docsync.models.nearness import meant

LONGEST_QUERY: Final = 100_000
"""In bytes."""
_STEPS: Final = 200
"""After so many steps of SQLite's machine the clock is looked at: some tens of microseconds."""
_SCHEMA: Final = frozenset({"sqlite_master", "sqlite_schema", "json_each", "json_tree"})
_MODULES: Final = frozenset({"bytecode", "dbstat", "sqlite_dbpage", "sqlite_stmt", "tables_used", "fts3tokenize"})
_LENGTHS: Final = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: LONGEST_QUERY,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_ACTS: Final = {
    sqlite3.SQLITE_ATTACH: "attach a database",
    sqlite3.SQLITE_DETACH: "detach a database",
    sqlite3.SQLITE_PRAGMA: "set or ask a pragma; --schema lists the tables",
    sqlite3.SQLITE_INSERT: "insert rows",
    sqlite3.SQLITE_UPDATE: "update rows",
    sqlite3.SQLITE_DELETE: "delete rows",
    sqlite3.SQLITE_TRANSACTION: "begin or end a transaction",
    sqlite3.SQLITE_SAVEPOINT: "set a savepoint",
    sqlite3.SQLITE_CREATE_VTABLE: "create a table",
}


class Limits(Struct, frozen=True):
    """Bound one query: seconds, rows of the result, and bytes of the result and of memory beside what is in use."""

    seconds: float = 10.0
    rows: int = 100_000
    size: int = 50_000_000
    memory: int = 300_000_000


class Guard:
    """Keep one connection to reading, from when it is made; `refusal` says what it refused first."""

    def __init__(self, connection: sqlite3.Connection, tables: Collection[str], limits: Limits, *, timeless: bool) -> None:
        self.limits = limits
        self._tables = frozenset(name.lower() for name in tables) | _SCHEMA
        self._timeless = timeless
        self._refusal = ""
        self._stop = time.monotonic() + limits.seconds
        self._most = in_use() + limits.memory
        self._modules = (_known_modules(connection) | _MODULES) - _SCHEMA
        for pragma in ("temp_store = memory", "trusted_schema = off", "query_only = on"):
            connection.execute(f"pragma {pragma}")
        self._functions = Functions(connection, timeless=timeless)
        for what, most in _LENGTHS.items():
            connection.setlimit(what, most)
        connection.set_progress_handler(self._overrun, _STEPS)
        connection.set_authorizer(self._allows)

    @property
    def refusal(self) -> str:
        """Give what was refused, or which limit was reached; empty for nothing."""
        return self._refusal or self._functions.refusal

    def close(self) -> None:
        """Let go of what the guard holds."""
        self._functions.close()

    def _overrun(self) -> int:
        if time.monotonic() > self._stop:
            return self._refuse(f"the query takes over {self.limits.seconds:g} seconds")
        if peak() > self._most and in_use() > self._most:
            return self._refuse(f"the query takes over {self.limits.memory // 1_000_000:,} MB of memory")
        return 0

    def _allows(self, act: int, one: str | None, other: str | None, _database: str | None, _inner: str | None) -> int:
        match act:
            case sqlite3.SQLITE_SELECT | sqlite3.SQLITE_RECURSIVE:
                return sqlite3.SQLITE_OK
            case sqlite3.SQLITE_READ:
                return self._reads(one or "", other or "")
            case sqlite3.SQLITE_FUNCTION:
                return self._calls((other or "").lower())
        if act == sqlite3.SQLITE_UPDATE and (one or "").startswith("sqlite_"):
            # This is how a table that SQLite makes up, such as pragma_table_info, comes to be.
            self._refuse("a query reads the project's tables alone; --schema lists them")
        self._refuse(f"a query only reads; it cannot {_ACTS.get(act, 'change the database')}")
        return sqlite3.SQLITE_DENY

    def _reads(self, table: str, column: str) -> int:
        """Let the tables be read, and what the query names itself: of that SQLite asks for no column."""
        name = table.lower()
        if name in self._tables or not (column or name in self._modules or name.startswith("pragma_")):
            return sqlite3.SQLITE_OK
        self._refuse(f"a query cannot read {table}; {meant(table, sorted(self._tables - _SCHEMA))}")
        return sqlite3.SQLITE_DENY

    def _calls(self, function: str) -> int:
        if function not in ALLOWED:
            self._refuse(f"a query cannot call {function}(); {near_function(function)}")
            return sqlite3.SQLITE_DENY
        if self._timeless and function in CLOCK:
            self._refuse(f"{function} gives another value each time, and a region shows what the documents say")
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    def _refuse(self, why: str) -> int:
        self._refusal = self._refusal or why
        return 1


def _known_modules(connection: sqlite3.Connection) -> set[str]:
    """Give what makes tables up in this SQLite; the one that reads JSON is set up, for which a query could not ask leave."""
    with suppress(sqlite3.Error):
        connection.execute("select 1 from json_each('[]'), json_tree('[]')").fetchall()
    with suppress(sqlite3.Error):
        return {str(row[0]).lower() for row in connection.execute("select name from pragma_module_list")}
    return set()


def near_function(name: str) -> str:
    """Name the function that was probably meant, or say where they are listed."""
    known = sorted(one for one in ALLOWED if one[0].isalpha())
    near = meant(name, known)
    return near if near.startswith("did") else "docs/query.md lists the functions"
