"""A report for the log of a GitHub Actions step: workflow commands that GitHub shows at the lines of a pull request.

GitHub keeps ten annotations of each kind for a step, and cuts a long message. The most severe findings get them; the others are
lines of the log, and a last annotation says how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.models.diagnostics import Diagnostic, Report, Severity
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape
from docsync.reporters.locating import located, range_of
from docsync.reporters.summary import by_severity, summary
from docsync.reporters.text import headline, notes

_KINDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST: Final = 10
_LONGEST: Final = 4000
"""In code points; the runner cuts what is longer than 4,096."""
_IN_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY: Final = str.maketrans({**_IN_DATA, ":": "%3A", ",": "%2C"})
_DATA: Final = str.maketrans(_IN_DATA)


def render(report: Report, display: Display) -> str:
    """Give an annotation for each finding, as far as GitHub shows them, lines for the others, and the summary."""
    return "\n".join((*_lines(report, display), *summary(report, display))) + "\n"


def _lines(report: Report, display: Display) -> Iterator[str]:
    ordered = sorted(display.shown(report), key=lambda found: -found.severity.rank)
    annotated = _annotated(ordered)
    rest = [found for number, found in enumerate(ordered) if number not in annotated]
    yield from (_annotation(report, ordered[number], display) for number in annotated)
    yield from (headline(report, found, colour=False) for found in rest)
    if rest:
        said = f"{by_severity(rest)} more in the log of this step; GitHub shows {_MOST} of a kind"
        yield f"::notice title=docsync::{said.translate(_DATA)}"


def _annotated(ordered: list[Diagnostic]) -> list[int]:
    """Choose which findings become annotations, one notice being kept for the summary of the rest."""
    left = dict.fromkeys(Severity, _MOST) | {Severity.INFO: _MOST - 1}
    chosen: list[int] = []
    for number, found in enumerate(ordered):
        if left[found.severity]:
            left[found.severity] -= 1
            chosen.append(number)
    return chosen


def _annotation(report: Report, found: Diagnostic, display: Display) -> str:
    """Give the command for one finding; the log shows its message alone, so that begins with the place."""
    head = f"{located(report, found.place)}: {found.code} {escape(found.message)}"
    message = "\n".join((head, *notes(report, found, display)))
    cut = message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…"
    properties = ",".join(
        f"{name}={escape(value).translate(_IN_PROPERTY)}" for name, value in _properties(report, found, display)
    )
    return f"::{_KINDS[found.severity]} {properties}::{cut.translate(_DATA)}"


def _properties(report: Report, found: Diagnostic, display: Display) -> Iterator[tuple[str, str]]:
    """Give what the command says beside its message; columns only within one line, since GitHub takes no others."""
    place = range_of(report, found.place)
    yield "title", f"{found.code} {found.rule}"
    yield "file", display.prefix + found.place.path
    yield "line", str(place.start.line)
    yield "endLine", str(place.end.line)
    if place.start.line == place.end.line:
        yield "col", str(place.start.column)
        yield "endColumn", str(place.end.column)
