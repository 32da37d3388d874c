"""A report for people: each finding with the line it stands on, then what was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from docsync.models.diagnostics import Diagnostic, Place, Report, Safety, Severity, Tally
from docsync.reporters.colours import BLUE, BOLD, DIM, GREEN, OF_SEVERITY, paint
from docsync.reporters.counting import counted, enumerated
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.snippets import snippet

_GUTTER: Final = 5
_MOST_NAMED: Final = 5
_NOUNS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, display: Display) -> str:
    """Show each finding with its line, its related places and its fix, then the summary."""
    shown = findings(report, display)
    return (f"{shown}\n\n" if shown else "") + "\n".join(_summary(report, display)) + "\n"


def findings(report: Report, display: Display) -> str:
    """Show each finding, without a summary; the last line is not ended."""
    return "\n\n".join("\n".join(_finding(report, diagnostic, display)) for diagnostic in _shown(report, display))


def _shown(report: Report, display: Display) -> list[Diagnostic]:
    return [found for found in report.diagnostics if display.notes or found.severity is not Severity.INFO]


def _summary(report: Report, display: Display) -> Iterator[str]:
    """Say how many findings there are and what was looked at, above all when that was nothing."""
    shown = _shown(report, display)
    yield paint(_found(report, shown), BOLD, on=display.colour)
    if hidden := len(report.diagnostics) - len(shown):
        yield f"{counted(hidden, 'note')} left out; --show-notes shows {'it' if hidden == 1 else 'them'}."
    if report.held_back:
        yield f"The baseline holds back {counted(report.held_back, 'finding')}."
    if fixable := sum(diagnostic.fix is not None for diagnostic in shown):
        yield f"{fixable:,} of them {'has' if fixable == 1 else 'have'} a fix."
    if report.refused:
        yield f"Left alone: {_named(report.refused)}."
    yield _looked_at(report.tally)


def _headline(report: Report, diagnostic: Diagnostic, *, colour: bool) -> str:
    """Give a finding's first line: place, severity, code, name and message."""
    severity = paint(diagnostic.severity.value, BOLD, OF_SEVERITY[diagnostic.severity], on=colour)
    rule = paint(f"{diagnostic.code}[{diagnostic.rule}]", DIM, on=colour)
    place = paint(_locate(report, diagnostic.place), BOLD, on=colour)
    return f"{place}: {severity} {rule} {escape(diagnostic.message)}"


def _locate(report: Report, place: Place) -> str:
    """Give a place as `path:line:column`, only the path where its lines are not known."""
    lines = report.lines.get(place.path)
    if lines is None or place.span.start > lines.length:
        return escape_path(place.path)
    position = lines.position(place.span.start)
    return f"{escape_path(place.path)}:{position.line}:{position.column}"


def _finding(report: Report, diagnostic: Diagnostic, display: Display) -> Iterator[str]:
    colour = display.colour
    yield _headline(report, diagnostic, colour=colour)
    yield from _source(report, diagnostic, display)
    for related in diagnostic.related:
        yield _note(_locate(report, related.place), related.message, colour=colour)
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


def _found(report: Report, shown: Sequence[Diagnostic]) -> str:
    ranks = Counter(diagnostic.severity for diagnostic in shown)
    counts = [counted(ranks[severity], noun) for severity, noun in _NOUNS.items() if ranks[severity]]
    if counts:
        return f"Found {enumerated(counts)}."
    return "Nothing new found." if report.held_back else "Nothing found that contradicts."


def _named(paths: Sequence[str]) -> str:
    """Name the first few of some files; each of them has a finding of its own."""
    more = len(paths) - _MOST_NAMED
    return enumerated([*(escape(path) for path in paths[:_MOST_NAMED]), *([f"{more:,} more"] if more > 0 else [])])


def _looked_at(tally: Tally) -> str:
    seen = f"Looked at {counted(tally.files, 'file')}, {counted(tally.records, 'record')}"
    if not tally.claims:
        return f"{seen} and not one claim that can be checked: this run says nothing about them."
    verdicts = f"{tally.confirmed:,} confirmed, {tally.contradicted:,} contradicted, {tally.unverifiable:,} unverifiable"
    return f"{seen} and {counted(tally.claims, 'claim')}: {verdicts}."
