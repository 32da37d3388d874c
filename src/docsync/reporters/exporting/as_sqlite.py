"""How tables become a SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

from docsync.database.filling import create, insert
from docsync.database.tables import Table
from docsync.reporters.exporting.as_json import VERSION


def as_sqlite(tables: Mapping[str, Table]) -> bytes:
    """Give a database file that holds all tables; its `user_version` is that of their shape."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in tables.values():
            create(connection, table)
            insert(connection, table)
        connection.execute(f"pragma user_version = {VERSION}")
        connection.commit()
        return connection.serialize()
