"""Which exit code a report comes to."""

from __future__ import annotations

from docsync.cli.exits import FAILED, FOUND, OK
from docsync.models.diagnostics import Report, Severity


def exit_code(report: Report, fail_on: Severity | None = None) -> int:
    """Give the exit code of a report; `fail_on` takes the place of what the project has chosen."""
    if report.failed:
        return FAILED
    threshold = fail_on or report.fail_on
    return FOUND if any(found.severity.rank >= threshold.rank for found in report.diagnostics) else OK
