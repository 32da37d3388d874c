"""How tables read as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from docsync.database.tables import Table
from docsync.models.records import Json
from docsync.reporters.exporting.values import objects

VERSION: Final = 1
"""The version of the document's shape: another number means that what reads it has to change."""


def as_json(tables: Mapping[str, Table]) -> bytes:
    """Give all tables: `version`, and under `tables` the rows of each as a list of objects."""
    rows: dict[str, Json] = {name: list(objects(table)) for name, table in tables.items()}
    return (json.dumps({"version": VERSION, "tables": rows}, ensure_ascii=False, indent=2) + "\n").encode()
