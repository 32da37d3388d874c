"""How often each rule was found to be broken, for programs: a JSON list, the commonest first."""

from __future__ import annotations

import json

from docsync.models.diagnostics import Report
from docsync.reporters.display import Display
from docsync.reporters.statistics import counts


def render(report: Report, display: Display) -> str:
    """Give an object for each rule: code, rule, severity, and how many findings, files and fixes."""
    rows = [
        {
            "code": row.example.code,
            "rule": row.example.rule,
            "severity": row.example.severity.value,
            "count": row.findings,
            "files": row.files,
            "fixable": row.fixable,
        }
        for row in counts(display.shown(report))
    ]
    return json.dumps(rows, indent=1) + "\n"
