"""What a kind's records look like, as JSON Schema for editors and for whoever writes front matter."""

from __future__ import annotations

from typing import Any, Final

from docsync.models.kinds.building import model_of
from docsync.models.schema import KindSpec

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_PYTHON_ONLY: Final = ("(?P", "(?i", "(?s", "(?x", "(?a", "(?#", "(?>", "(?(", r"\A", r"\Z", "++", "*+", "?+", "}+")
"""What Python's regular expressions have and those of JSON Schema (ECMA 262) lack."""


def kind_schema(spec: KindSpec) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a kind's fields, as its front matter holds them."""
    schema = model_of(spec).model_json_schema(by_alias=True)
    schema["properties"]["id"] |= _pattern(spec.id_pattern)
    return {"$schema": DRAFT, **schema, "title": spec.name, "description": spec.doc, "additionalProperties": True}


def _pattern(pattern: str) -> dict[str, str]:
    return {} if any(sign in pattern for sign in _PYTHON_ONLY) else {"pattern": f"^(?:{pattern})$"}
