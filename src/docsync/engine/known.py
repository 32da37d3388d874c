"""Which findings of a report are new, where a project has a baseline of those that it knows.

Imported by every check, so that nothing else is needed where there is no baseline.
"""

from __future__ import annotations

import os

from docsync.engine.own_files import FILE
from docsync.engine.request import Request
from docsync.models.diagnostics import Report


def without_known(report: Report, request: Request) -> Report:
    """Hold back what the baseline knows of, and report what of it no longer occurs; raises JobError for a broken baseline."""
    if not os.path.lexists(os.path.join(request.root, FILE)):
        return report
    from docsync.engine.holding_back import hold_back  # noqa: PLC0415  # see above

    return hold_back(report, request)
