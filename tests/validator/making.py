"""How tests make the values that the parser makes of documents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from docsync.config.values import Config, RuleChoice
from docsync.models.claims import Form, Mention, Number, Quantity, Scope
from docsync.models.document import DocumentFacts
from docsync.models.kinds.registry import builtin_specs
from docsync.models.records import Field, Home, Json, Record
from docsync.models.status import EMOJI, WORDS, Status
from docsync.project.build import join
from docsync.project.index import Project
from docsync.text.source import line_index
from docsync.text.spans import Span

TEXT = "012345678\n" * 40
"""A text for spans to point at: lines of ten characters, which no test reads."""


def project(*documents: DocumentFacts, rules: RuleChoice | None = None) -> Project:
    """Join documents under the default configuration."""
    config = Config(builtin_specs(), WORDS, EMOJI, rules=rules or RuleChoice())
    return join(config, documents)


def document(path: str = "docs/STATE.md", text: str = TEXT, **facts: Any) -> DocumentFacts:  # noqa: ANN401 - any of its fields
    """Make a document's facts."""
    return replace(DocumentFacts(path, "", "\n", line_index(text)), **facts)


def record(
    record_id: str, status: Status | None = None, kind: str = "hole", path: str = "docs/holes.md", **values: Json
) -> Record:
    """Make a record of a file, its fields written at the very start."""
    written = {**values, **({"status": status.value} if status else {})}
    fields: Mapping[str, Field] = {name: Field(name, str(value), Span(0, 1), Span(0, 1)) for name, value in written.items()}
    return Record(kind, record_id, "", status, Home.SECTION, path, Span(0, 2), written, fields)


def holes(*statuses: Status, path: str = "docs/holes.md") -> DocumentFacts:
    """Make a document with holes H1, H2, … of these statuses."""
    made = tuple(record(f"H{number}", status, path=path) for number, status in enumerate(statuses, 1))
    return document(path, records=made)


def number(value: str, start: int = 0, **exactness: Any) -> Number:  # noqa: ANN401 - any of its fields
    """Make a number as written, thousands separators included."""
    plain = value.replace(",", "")
    places = len(plain.partition(".")[2])
    return Number(Decimal(plain), Span(start, start + len(value)), places, **exactness)


def quantity(text: str, count: str = "", total: str = "", percent: str = "", **said: Any) -> Quantity:  # noqa: ANN401 - any
    """Make a quantity whose numbers stand where `text` has them, living and a key-value unless told otherwise."""
    numbers: dict[str, Number] = {}
    at = 0
    for name, value in (("count", count), ("total", total), ("percent", percent)):
        if value:
            at = text.index(value, at)
            numbers[name] = number(value, at)
            at += len(value)
    first = min(one.span.start for one in numbers.values())
    made = Quantity(Span(first, at), text, Scope(), Form.KEY_VALUE)
    return replace(made, count=numbers.get("count"), total=numbers.get("total"), percent=numbers.get("percent"), **said)


def mention(entity: str, status: Status | None = None, start: int = 0, **said: Any) -> Mention:  # noqa: ANN401 - any
    """Make a living mention in a table row; of a status where one is given."""
    raw = status.value if status else ""
    made = Mention(entity, Span(start, start + 5), Form.ROW, Scope(), "status" if status else "", raw, status=status)
    return replace(made, **said)
