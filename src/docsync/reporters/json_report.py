"""A report for programs: JSON, version 1, as `report_schema` describes it."""

from __future__ import annotations

import json
from typing import TypeAlias

from docsync.models.diagnostics import Diagnostic, Fix, Place, Report
from docsync.models.records import Json
from docsync.reporters.display import Display
from docsync.reporters.locating import range_of
from docsync.text.spans import Position

VERSION = 1

_Object: TypeAlias = "dict[str, Json]"


def render(report: Report, display: Display) -> str:
    """Give the report as one JSON object; in ASCII, so that no output encoding can break it."""
    del display
    return json.dumps(as_json(report), indent=1) + "\n"


def as_json(report: Report) -> _Object:
    """Give the report as plain values."""
    tally = report.tally
    claims: _Object = {
        "confirmed": tally.confirmed,
        "contradicted": tally.contradicted,
        "unverifiable": tally.unverifiable,
    }
    summary: _Object = {"files": tally.files, "records": tally.records, "claims": claims, "held_back": report.held_back}
    if report.since:
        since = report.since
        summary["since"] = {"revision": since.revision, "commit": since.commit, "there": since.there}
    return {
        "version": VERSION,
        "summary": summary,
        "diagnostics": [_diagnostic(report, diagnostic) for diagnostic in report.diagnostics],
        "refused": list(report.refused),
    }


def _diagnostic(report: Report, diagnostic: Diagnostic) -> _Object:
    return {
        "code": diagnostic.code,
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(report, diagnostic.place),
        "related": [{**_place(report, other.place), "message": other.message} for other in diagnostic.related],
        "verdict": diagnostic.verdict.value if diagnostic.verdict else None,
        "help": diagnostic.help,
        "evidence": list(diagnostic.evidence),
        "fix": _fix(report, diagnostic.fix) if diagnostic.fix else None,
    }


def _fix(report: Report, fix: Fix) -> _Object:
    edits: list[Json] = [{**_place(report, change.place), "text": change.text} for change in fix.changes]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def _place(report: Report, place: Place) -> _Object:
    """Give a place by path and range; where the lines are not known, as in a file that cannot be read, its very start."""
    where = range_of(report, place)
    return {"path": place.path, "range": {"start": _position(where.start), "end": _position(where.end)}}


def _position(position: Position) -> _Object:
    return {"line": position.line, "column": position.column}
