"""How a table reads as CSV."""

from __future__ import annotations

import csv
import io

from docsync.database.tables import Column, Table, Type, Value


def as_csv(table: Table) -> bytes:
    """Give a table as CSV in UTF-8 with a line of titles: true and false, lists as JSON text, nothing for null."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.names)
    for row in table.rows():
        writer.writerow([_cell(column, value) for column, value in zip(table.columns, row, strict=True)])
    return stream.getvalue().encode()


def _cell(column: Column[object], value: Value) -> Value:
    if column.type is Type.BOOLEAN and value is not None:
        return "true" if value else "false"
    return value
