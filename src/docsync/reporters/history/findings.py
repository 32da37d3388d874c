"""What the rules on history found, below the numbers that they judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docsync.models.diagnostics import Diagnostic, Severity
from docsync.models.records import Json
from docsync.reporters.escaping import escape, escape_path
from docsync.text.spans import LineIndex


def found_text(found: Sequence[Diagnostic], lines: Mapping[str, LineIndex]) -> str:
    """Give a line for each finding, notes being counted alone; nothing where nothing was found."""
    shown = [each for each in found if each.severity is not Severity.INFO]
    parts = [f"{_at(each, lines)}: {each.severity.value} {each.code}[{each.rule}] {escape(each.message)}" for each in shown]
    if notes := len(found) - len(shown):
        said = "1 note" if notes == 1 else f"{notes} notes"
        parts.append(f"{said} on statuses that jump; `docsync check --history --show-notes` shows them")
    return "".join(f"\n{part}\n" for part in parts)


def found_rows(found: Sequence[Diagnostic], lines: Mapping[str, LineIndex]) -> Iterator[Json]:
    """Give each finding as JSON has it, lines and columns from 1."""
    for each in found:
        at = lines[each.place.path].position(each.place.span.start)
        yield {
            "code": each.code,
            "rule": each.rule,
            "severity": each.severity.value,
            "message": each.message,
            "path": each.place.path,
            "line": at.line,
            "column": at.column,
        }


def _at(each: Diagnostic, lines: Mapping[str, LineIndex]) -> str:
    at = lines[each.place.path].position(each.place.span.start)
    return f"{escape_path(each.place.path)}:{at.line}:{at.column}"
