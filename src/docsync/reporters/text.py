"""A report for people: each finding with the line it stands on, then what was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.models.diagnostics import Diagnostic, Report, Safety
from docsync.reporters.colours import BLUE, BOLD, DIM, GREEN, OF_SEVERITY, paint
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape
from docsync.reporters.locating import located
from docsync.reporters.snippets import snippet
from docsync.reporters.summary import summary

_GUTTER: Final = 5


def render(report: Report, display: Display) -> str:
    """Show each finding with its line, its related places and its fix, then the summary."""
    shown = findings(report, display)
    return (f"{shown}\n\n" if shown else "") + "\n".join(summary(report, display)) + "\n"


def findings(report: Report, display: Display) -> str:
    """Show each finding, without a summary; the last line is not ended."""
    return "\n\n".join("\n".join(_finding(report, diagnostic, display)) for diagnostic in display.shown(report))


def headline(report: Report, diagnostic: Diagnostic, *, colour: bool) -> str:
    """Give a finding's first line: place, severity, code, name and message."""
    severity = paint(diagnostic.severity.value, BOLD, OF_SEVERITY[diagnostic.severity], on=colour)
    rule = paint(f"{diagnostic.code}[{diagnostic.rule}]", DIM, on=colour)
    place = paint(located(report, diagnostic.place), BOLD, on=colour)
    return f"{place}: {severity} {rule} {escape(diagnostic.message)}"


def _finding(report: Report, diagnostic: Diagnostic, display: Display) -> Iterator[str]:
    yield headline(report, diagnostic, colour=display.colour)
    yield from _source(report, diagnostic, display)
    yield from notes(report, diagnostic, display)


def notes(report: Report, diagnostic: Diagnostic, display: Display) -> Iterator[str]:
    """Give a line for each related place, for the help and for the fix of a finding."""
    colour = display.colour
    for related in diagnostic.related:
        yield _note(located(report, related.place), related.message, colour=colour)
    for sentence in diagnostic.evidence if display.evidence else ():
        yield _note(paint("because", BLUE, on=colour), sentence, colour=colour)
    if diagnostic.help:
        yield _note(paint("help", BLUE, on=colour), diagnostic.help, colour=colour)
    if diagnostic.fix:
        kind = "fix" if diagnostic.fix.safety is Safety.SAFE else "unsafe fix"
        yield _note(paint(kind, GREEN, on=colour), diagnostic.fix.title, colour=colour)


def _source(report: Report, diagnostic: Diagnostic, display: Display) -> Iterator[str]:
    place = diagnostic.place
    lines, text = report.lines.get(place.path), display.text_of(place.path)
    cut = snippet(text, lines, place.span, display.width - _GUTTER - len(" | ")) if lines and text is not None else None
    if cut is None:
        return
    bar = paint("|", BLUE, on=display.colour)
    yield f"{paint(f'{cut.line:{_GUTTER}}', BLUE, on=display.colour)} {bar} {cut.text}".rstrip()
    caret = paint("^" * cut.width, OF_SEVERITY[diagnostic.severity], on=display.colour)
    yield f"{'':{_GUTTER}} {bar} {'':{cut.start}}{caret}"


def _note(label: str, text: str, *, colour: bool) -> str:
    return f"{'':{_GUTTER}} {paint('=', BLUE, on=colour)} {label}: {escape(text)}"
