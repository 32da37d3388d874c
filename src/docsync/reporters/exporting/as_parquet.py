"""How a table becomes a Parquet file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import Any

from docsync.database.tables import Column, Table, Type, Value


class Unsupported(Exception):
    """Say that there is no library to write Parquet with."""


def library() -> ModuleType:
    """Give pyarrow; raises Unsupported where it is not installed."""
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise Unsupported("Parquet needs pyarrow; install it with: pip install 'docsync-md[parquet]'") from error


def as_parquet(table: Table) -> bytes:
    """Give a table as a Parquet file: text, whole numbers, numbers, truth values, dates, and lists as JSON text.

    A column of dates or numbers that holds anything else is one of text.
    """
    arrow = library()
    rows = list(table.rows())
    columns = [_array(arrow, column, [row[at] for row in rows]) for at, column in enumerate(table.columns)]
    stream = arrow.BufferOutputStream()
    import_module("pyarrow.parquet").write_table(arrow.table(columns, names=list(table.names)), stream)
    return bytes(stream.getvalue().to_pybytes())


def _array(arrow: Any, column: Column[object], values: Sequence[Value]) -> Any:  # noqa: ANN401  # pyarrow is not there for mypy
    known = [value for value in values if value is not None]
    numbers = all(isinstance(value, int | float) for value in known)
    match column.type:
        case Type.BOOLEAN:
            return arrow.array([None if value is None else bool(value) for value in values], arrow.bool_())
        case Type.DATE if all(map(_is_day, known)):
            return arrow.array([None if value is None else date.fromisoformat(str(value)) for value in values], arrow.date32())
        case Type.INTEGER if all(isinstance(value, int) for value in known):
            return arrow.array(values, arrow.int64())
        case Type.NUMBER | Type.REAL if numbers:
            return arrow.array([None if value is None else float(value) for value in values], arrow.float64())
        case _:
            return arrow.array([None if value is None else str(value) for value in values], arrow.string())


def _is_day(value: Value) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
