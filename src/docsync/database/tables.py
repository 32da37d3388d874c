"""What a table of the database is: its columns with their types and documentation, and where its rows come from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeAlias, TypeVar

from msgspec import Struct

from docsync.models.records import Json

Value: TypeAlias = "str | int | float | None"
"""What a cell holds: text, a number or nothing."""

_Item = TypeVar("_Item")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LARGEST: Final = 2**63 - 1


class Type(StrEnum):
    """Name the type of a column, as SQLite declares it."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    REAL = "REAL"
    NUMBER = "NUMERIC"
    """A whole number or one with a fraction, as it is written."""
    BOOLEAN = "BOOLEAN"
    """0 or 1; to SQLite a number."""
    DATE = "DATE"
    """ISO text, `2026-10-21`."""
    JSON = "JSON"
    """A list or mapping as JSON text, for `json_each`."""

    @property
    def declared(self) -> str:
        """Give the type that keeps values as they are: SQLite would make numbers of dates and of JSON that looks like one."""
        return "TEXT" if self in (Type.DATE, Type.JSON) else "INTEGER" if self is Type.BOOLEAN else self.value

    @property
    def shown(self) -> str:
        """Give the word by which people are told."""
        return {Type.NUMBER: "number", Type.JSON: "JSON"}.get(self, self.value.lower())


class Column(Struct, Generic[_Item], frozen=True):
    """Describe one column, and read it from what a row stands for."""

    name: str
    type: Type
    doc: str
    read: Callable[[_Item], Value]


class Table(Struct, frozen=True):
    """Describe one table; `items` gives what its rows stand for, one each, in the order of the documents."""

    name: str
    doc: str
    columns: tuple[Column[Any], ...]
    items: Callable[[], Iterable[Any]]

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        return tuple(column.name for column in self.columns)

    def rows(self, wanted: Collection[str] | None = None) -> Iterator[tuple[Value, ...]]:
        """Give the rows, with the wanted columns alone, in the table's order; None for all of them."""
        readers = [column.read for column in self.columns if wanted is None or column.name in wanted]
        return (tuple([clean(read(item)) for read in readers]) for item in self.items())


def clean(value: Value) -> Value:
    """Give a value that SQLite can hold: no half of a pair of surrogates, no whole number of over 64 bits."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
        return str(value)
    return value


def as_json(value: Json) -> str:
    """Give a value as JSON text on one line."""
    return json.dumps(value, ensure_ascii=False)


def number(value: Decimal | None) -> int | float | None:
    """Give a number as SQLite counts: whole where it is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and value.adjusted() < 18 else float(value)  # noqa: PLR2004  # digits


def free(name: str, taken: Collection[str]) -> str:
    """Give a name that is not taken, with a `_` behind it for as long as it is."""
    while name in taken:
        name += "_"
    return name
