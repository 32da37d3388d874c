"""Which table holds what the rules found, for those who have run them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from docsync.database.tables import Column, Table, Type
from docsync.models.diagnostics import Diagnostic
from docsync.text.spans import LineIndex, Position


class Judged(Struct, frozen=True):
    """Hold a diagnostic, the lines of its file, and whether a baseline knows of it."""

    diagnostic: Diagnostic
    lines: LineIndex | None = None
    known: bool = False


def diagnostics(found: Callable[[], Iterable[Judged]]) -> Table:
    """Give the table of diagnostics; `found` is asked only when rows are."""
    columns: tuple[Column[Judged], ...] = (
        Column("code", Type.TEXT, "The rule's code, such as DS203.", lambda one: one.diagnostic.code),
        Column("rule", Type.TEXT, "The rule's name.", lambda one: one.diagnostic.rule),
        Column("severity", Type.TEXT, "info, warning or error.", lambda one: one.diagnostic.severity.value),
        Column("message", Type.TEXT, "What is wrong.", lambda one: one.diagnostic.message),
        Column("help", Type.TEXT, "What to do next.", lambda one: one.diagnostic.help or None),
        Column(
            "verdict",
            Type.TEXT,
            "What the check of a claim came to: contradicted or unverifiable.",
            lambda one: one.diagnostic.verdict.value if one.diagnostic.verdict else None,
        ),
        Column(
            "fix",
            Type.TEXT,
            "safe or unsafe, where docsync regenerate can put it right.",
            lambda one: one.diagnostic.fix.safety.value if one.diagnostic.fix else None,
        ),
        Column("known", Type.BOOLEAN, "Whether the project's baseline knows of it.", lambda one: one.known),
        Column("path", Type.TEXT, "The file.", lambda one: one.diagnostic.place.path),
        Column("line", Type.INTEGER, "The line.", lambda one: _start(one).line),
        Column("column", Type.INTEGER, "The column.", lambda one: _start(one).column),
    )
    return Table("diagnostics", "What docsync check finds.", columns, found)


def _start(judged: Judged) -> Position:
    return judged.lines.position(judged.diagnostic.place.span.start) if judged.lines else Position(1, 1)
