"""Which exit code a report comes to."""

from __future__ import annotations

from docsync.cli.exits import FAILED, FOUND, OK
from docsync.models.diagnostics import Report


def exit_code(report: Report, *, zero: bool = False) -> int:
    """Give the exit code of a report; with `zero`, findings do not count."""
    if report.failed:
        return FAILED
    if zero:
        return OK
    return FOUND if any(found.severity.rank >= report.fail_on.rank for found in report.diagnostics) else OK
