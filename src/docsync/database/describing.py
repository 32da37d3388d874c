"""What the tables are called, which columns they have, and what these hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docsync.database.asking import Answer
from docsync.database.tables import Table

_TITLES: Final = ("table", "column", "type", "about")
RESERVED: Final = frozenset(
    (
        *("add", "all", "alter", "and", "as", "autoincrement", "between", "case", "cast", "check", "collate", "commit"),
        *("constraint", "create", "current_date", "current_time", "current_timestamp", "default", "deferrable", "delete"),
        *("distinct", "drop", "else", "escape", "except", "exists", "foreign", "from", "group", "having", "in", "index"),
        *("insert", "intersect", "into", "is", "isnull", "join", "limit", "not", "nothing", "notnull", "null", "on", "or"),
        *("order", "primary", "raise", "references", "returning", "select", "set", "table", "then", "to", "transaction"),
        *("union", "unique", "update", "using", "values", "when", "where"),
    )
)
"""Words of SQL that name a table or column only in brackets: `select [from] from propagations`."""


def described(tables: Iterable[Table]) -> Answer:
    """Give a row for each table, then one for each of its columns."""
    rows: list[tuple[str | None, ...]] = []
    for table in tables:
        rows.append((written(table.name), None, None, table.doc))
        rows += [(written(table.name), written(column.name), column.type.shown, column.doc) for column in table.columns]
    return Answer(_TITLES, tuple(rows))


def written(name: str) -> str:
    """Give a name as a statement has to write it."""
    return f"[{name}]" if name in RESERVED or name[:1].isdigit() else name
