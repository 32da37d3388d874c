"""How often each rule was found to be broken, for people: a line for each, the commonest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from docsync.models.diagnostics import Diagnostic, Report
from docsync.reporters.colours import BOLD, OF_SEVERITY, paint
from docsync.reporters.counting import counted
from docsync.reporters.display import Display
from docsync.reporters.summary import summary


class Count(Struct, frozen=True):
    """Count the findings of one rule, those of them with a fix, and the files that they are in; one of them stands for all."""

    example: Diagnostic
    findings: int
    fixable: int
    files: int


def counts(found: Iterable[Diagnostic]) -> list[Count]:
    """Count findings by rule and severity, the commonest first."""
    groups: dict[object, list[Diagnostic]] = {}
    for each in found:
        groups.setdefault((each.code, each.severity), []).append(each)
    rows = [
        Count(inside[0], len(inside), sum(each.fix is not None for each in inside), len({each.place.path for each in inside}))
        for inside in groups.values()
    ]
    return sorted(rows, key=lambda row: (-row.findings, row.example.code, -row.example.severity.rank))


def render(report: Report, display: Display) -> str:
    """Show how often each rule is broken, then the summary."""
    rows = counts(display.shown(report))
    return "\n".join((*_table(rows, colour=display.colour), *([""] if rows else []), *summary(report, display))) + "\n"


def _table(rows: list[Count], *, colour: bool) -> Iterator[str]:
    wide = max((len(f"{row.findings:,}") for row in rows), default=0)
    name = max((len(row.example.rule) for row in rows), default=0)
    for row in rows:
        found = row.example
        severity = paint(f"{found.severity.value:7}", BOLD, OF_SEVERITY[found.severity], on=colour)
        where = f"in {counted(row.files, 'file')}{_fixes(row)}"
        yield f"{row.findings:{wide},}  {found.code} {found.rule:{name}}  {severity}  {where}"


def _fixes(row: Count) -> str:
    return f", {row.fixable:,} with a fix" if row.fixable else ""
