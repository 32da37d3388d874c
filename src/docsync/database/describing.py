"""What the tables are called, which columns they have, and what these hold."""

from __future__ import annotations

from collections.abc import Iterable

from docsync.database.asking import Answer
from docsync.database.tables import Table

_TITLES = ("table", "column", "type", "about")


def described(tables: Iterable[Table]) -> Answer:
    """Give a row for each table, then one for each of its columns."""
    rows: list[tuple[str | None, ...]] = []
    for table in tables:
        rows.append((table.name, None, None, table.doc))
        rows += [(table.name, column.name, column.type.shown, column.doc) for column in table.columns]
    return Answer(_TITLES, tuple(rows))
