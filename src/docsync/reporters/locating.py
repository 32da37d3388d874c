"""Where a finding is, as people and CI systems read it."""

from __future__ import annotations

from docsync.models.diagnostics import Place, Report
from docsync.reporters.escaping import escape_path
from docsync.text.spans import Position, Range

_START = Range(Position(1, 1), Position(1, 1))


def located(report: Report, place: Place) -> str:
    """Give a place as `path:line:column`, only the path where its lines are not known."""
    lines = report.lines.get(place.path)
    if lines is None or place.span.start > lines.length:
        return escape_path(place.path)
    position = lines.position(place.span.start)
    return f"{escape_path(place.path)}:{position.line}:{position.column}"


def range_of(report: Report, place: Place) -> Range:
    """Give a place's lines and columns; where they are not known, as in a file that cannot be read, its very start."""
    lines = report.lines.get(place.path)
    return _START if lines is None or place.span.end > lines.length else lines.range(place.span)
