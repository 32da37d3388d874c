"""A report for GitLab's merge requests: its code quality format, of which each finding's fingerprint is the heart."""

from __future__ import annotations

import json
from typing import Final

from docsync.models.diagnostics import Diagnostic, Report, Severity
from docsync.models.records import Json
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape, wellformed
from docsync.reporters.fingerprints import fingerprints
from docsync.reporters.locating import range_of

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, display: Display) -> str:
    """Give the findings as one JSON list; in ASCII, so that no output encoding can break it."""
    shown = display.shown(report)
    named = zip(shown, fingerprints(shown, display.prefix), strict=True)
    return json.dumps([_finding(report, found, name, display) for found, name in named], indent=1) + "\n"


def _finding(report: Report, found: Diagnostic, fingerprint: str, display: Display) -> dict[str, Json]:
    place = range_of(report, found.place)
    return {
        "description": f"{found.code} {found.rule}: {escape(found.message)}",
        "check_name": found.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {
            "path": wellformed(display.prefix + found.place.path),
            "lines": {"begin": place.start.line, "end": place.end.line},
        },
    }
