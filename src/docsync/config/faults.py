"""What to tell about a key that the configuration's schema refuses."""

from __future__ import annotations

import re
from typing import Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from docsync.config.schema import (
    DocsyncTable,
    EvidenceTable,
    FieldTable,
    HomeTable,
    KindTable,
    OverrideTable,
    RulesTable,
    StatusTable,
)
from docsync.models.nearness import meant, nearest

_ANY: Final = "*"
_TABLES: Final[dict[tuple[str, ...], type[BaseModel]]] = {
    (): DocsyncTable,
    ("homes", _ANY): HomeTable,
    ("kinds", _ANY): KindTable,
    ("kinds", _ANY, "fields", _ANY): FieldTable,
    ("status",): StatusTable,
    ("rules",): RulesTable,
    ("overrides", _ANY): OverrideTable,
    ("evidence",): EvidenceTable,
}
_EXPECTED: Final = {
    "string_type": "a string",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a table",
    "string_pattern_mismatch": "a name of small letters, digits, - and _",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
_QUOTED = re.compile(r"'([^']*)'")


def told(details: ErrorDetails) -> tuple[str, str]:
    """Give the message and the advice for one of pydantic's errors."""
    kind, found = details["type"], details["input"]
    if kind == "extra_forbidden":
        return "there is no such key", meant(str(details["loc"][-1]), _known_keys(details["loc"][:-1]))
    if kind == "missing":
        return "the key is missing", ""
    if kind in ("enum", "literal_error"):
        values = _QUOTED.findall(str(details["ctx"]["expected"]))
        return f"expected one of {', '.join(values)}, found {_shown(found)}", _near(str(found), values)
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {_shown(found)}", ""
    return f"{details['msg'].removeprefix('Input ').replace('should', 'must', 1)}, found {_shown(found)}", ""


def _near(found: str, values: list[str]) -> str:
    near = nearest(found, values)
    return f"did you mean {near}?" if near else ""


def place(details: ErrorDetails) -> tuple[str | int, ...]:
    """Give the key that an error speaks of."""
    return tuple(part for part in details["loc"] if part != "[key]")


def _known_keys(table: tuple[str | int, ...]) -> list[str]:
    """Give the keys of the table at a path, whose every second part is a name or an index of the author's choice."""
    path = tuple(_ANY if index % 2 else str(part) for index, part in enumerate(table))
    model = _TABLES[path]
    return [info.alias or name for name, info in model.model_fields.items()]


def _shown(value: object) -> str:
    match value:
        case str():
            text = f'"{value}"'
        case bool():
            text = str(value).lower()
        case dict():
            text = "a table"
        case list():
            text = "a list"
        case _:
            text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 -- what fits in a line with the message
