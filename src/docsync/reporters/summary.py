"""What a report comes to, in a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docsync.models.diagnostics import Comparison, Diagnostic, Report, Safety, Severity, Tally
from docsync.reporters.colours import BOLD, paint
from docsync.reporters.counting import counted, enumerated
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape

_MOST_NAMED: Final = 5
_SHORT: Final = 10
_NOUNS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def summary(report: Report, display: Display) -> Iterator[str]:
    """Say how many findings there are and what was looked at, above all when that was nothing."""
    shown = display.shown(report)
    yield paint(_found(report, shown), BOLD, on=display.colour)
    if hidden := len(report.diagnostics) - len(shown):
        yield f"{counted(hidden, 'note')} left out; --show-notes shows {'it' if hidden == 1 else 'them'}."
    if report.since:
        yield _compared(report.since)
    if report.held_back:
        yield f"The baseline holds back {counted(report.held_back, 'finding')}."
    yield from _fixable(shown)
    if report.refused:
        yield f"Left alone: {_named(report.refused)}."
    yield _looked_at(report.tally)


def by_severity(found: Iterable[Diagnostic]) -> str:
    """Count findings as a sentence does, the most severe first: `2 errors and 1 note`; empty for none."""
    ranks = Counter(diagnostic.severity for diagnostic in found)
    counts = [counted(ranks[severity], noun) for severity, noun in _NOUNS.items() if ranks[severity]]
    return enumerated(counts) if counts else ""


def _found(report: Report, shown: Sequence[Diagnostic]) -> str:
    if counts := by_severity(shown):
        return f"Found {counts}."
    return "Nothing new found." if report.held_back or report.since else "Nothing found that contradicts."


def _fixable(shown: Iterable[Diagnostic]) -> Iterator[str]:
    """Say which command puts how many findings right."""
    ranks = Counter(diagnostic.fix.safety for diagnostic in shown if diagnostic.fix)
    if safe := ranks[Safety.SAFE]:
        yield f"`docsync regenerate` can put {safe:,} of them right."
    if ranks[Safety.UNSAFE]:  # without a number: one change brings others to light, and what is in dispute is then written, too
        yield f"`docsync regenerate --unsafe` may change {'more' if safe else 'some of it'}; --diff shows how."


def _compared(since: Comparison) -> str:
    there = f"{counted(since.there, 'finding')} {'was' if since.there == 1 else 'were'} there already"
    return f"Compared with {escape(since.revision)} ({since.commit[:_SHORT]}): {there}."


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
