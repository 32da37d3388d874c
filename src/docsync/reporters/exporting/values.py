"""What a value of a table is to a program that knows truth values, lists and mappings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

from docsync.database.tables import Column, Table, Type, Value
from docsync.models.records import Json


def typed(column: Column[object], value: Value) -> Json:
    """Give a value as JSON has it: truth values, and lists and mappings as such."""
    if value is None:
        return None
    if column.type is Type.BOOLEAN:
        return bool(value)
    return cast("Json", json.loads(str(value))) if column.type is Type.JSON else value


def objects(table: Table) -> Iterator[dict[str, Json]]:
    """Give the rows of a table as objects."""
    for row in table.rows():
        yield {column.name: typed(column, value) for column, value in zip(table.columns, row, strict=True)}
