"""How tables read as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from docsync.database.tables import Table
from docsync.reporters.exporting.values import objects

VERSION: Final = 1
"""The version of the document's shape: another number means that what reads it has to change."""


def as_json(tables: Mapping[str, Table]) -> bytes:
    """Give all tables: `version`, and under `tables` the rows of each as a list of objects, a line for each."""
    parts = [f"{json.dumps(name, ensure_ascii=False)}: [{_rows(table)}]" for name, table in tables.items()]
    joined = ",\n".join(parts)
    return f'{{"version": {VERSION}, "tables": {{\n{joined}\n}}}}\n'.encode()


def _rows(table: Table) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in objects(table))
    return f"\n{lines}\n" if lines else ""
