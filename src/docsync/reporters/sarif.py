"""A report for code scanning: SARIF 2.1.0, with the manual pages of the rules."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Final, TypeAlias
from urllib.parse import quote

import docsync
from docsync.models.diagnostics import Change, Diagnostic, Fix, Place, Related, Report, Severity
from docsync.models.records import Json
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape
from docsync.reporters.fingerprints import fingerprints
from docsync.reporters.locating import range_of
from docsync.text.spans import Range
from docsync.validator.catalogue import catalogue
from docsync.validator.rule import RuleModule

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

_Object: TypeAlias = "dict[str, Json]"


def render(report: Report, display: Display) -> str:
    """Give the report as one SARIF log of one run; in ASCII, so that no output encoding can break it."""
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, display)]}, indent=1) + "\n"


def _run(report: Report, display: Display) -> _Object:
    shown = display.shown(report)
    everything = (*shown, *report.known)
    used = {found.code for found in everything}
    rules = [rule for rule in catalogue() if rule.CODE in used]
    known: _Object = {"suppressions": [{"kind": "external", "justification": "The project's baseline knows of it."}]}
    extras: list[_Object] = [*({} for _ in shown), *(known for _ in report.known)]
    index = {rule.CODE: number for number, rule in enumerate(rules)}
    rows = zip(everything, fingerprints(everything, display.prefix), extras, strict=True)
    results: list[Json] = [
        _result(report, found, display.prefix)
        | {"ruleIndex": index[found.code], "partialFingerprints": {"claim/v1": name}}
        | extra
        for found, name, extra in rows
    ]
    return {
        "tool": {
            "driver": {"name": "docsync", "semanticVersion": docsync.__version__, "rules": [_rule(rule) for rule in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top folder of the repository."}}},
        "invocations": [{"executionSuccessful": not report.failed}],
        "results": results,
    }


def _rule(rule: RuleModule) -> _Object:
    page = (rule.__doc__ or "").strip()
    short, _, rest = page.partition("\n")
    return {
        "id": rule.CODE,
        "name": "".join(part.capitalize() for part in rule.NAME.split("-")),
        "shortDescription": {"text": short},
        "fullDescription": {"text": rest.partition("## What it does")[2].partition("## ")[0].strip() or short},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.SEVERITY]},
    }


def _result(report: Report, found: Diagnostic, prefix: str) -> _Object:
    said: _Object = {
        "ruleId": found.code,
        "level": _LEVELS[found.severity],
        "message": _message(". ".join(part for part in (found.message, found.help) if part)),
        "locations": [{"physicalLocation": _physical(report, found.place, prefix)}],
    }
    if found.related:
        said["relatedLocations"] = [_related(report, number, other, prefix) for number, other in enumerate(found.related, 1)]
    if found.fix:
        said["fixes"] = [_fix(report, found.fix, prefix)]
    return said


def _related(report: Report, number: int, other: Related, prefix: str) -> _Object:
    return {"id": number, "physicalLocation": _physical(report, other.place, prefix), "message": _message(other.message)}


def _message(text: str) -> _Object:
    """Give a text as a plain message, in which `[name](2)` would be a link."""
    return {"text": escape(text).replace("[", "\\[").replace("]", "\\]") if "](" in text else escape(text)}


def _physical(report: Report, place: Place, prefix: str) -> _Object:
    return {"artifactLocation": _artifact(place.path, prefix), "region": _region(range_of(report, place))}


def _artifact(path: str, prefix: str) -> _Object:
    return {"uri": quote(os.fsencode(prefix + path)), "uriBaseId": _ROOT}


def _region(place: Range) -> _Object:
    start, end = place.start, place.end
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(report: Report, fix: Fix, prefix: str) -> _Object:
    files: dict[str, list[Change]] = {}
    for change in fix.changes:
        files.setdefault(change.place.path, []).append(change)
    changes: list[Json] = [
        {"artifactLocation": _artifact(path, prefix), "replacements": _replacements(report, inside)}
        for path, inside in files.items()
    ]
    return {"description": _message(fix.title), "artifactChanges": changes}


def _replacements(report: Report, changes: Iterable[Change]) -> list[Json]:
    return [
        {"deletedRegion": _region(range_of(report, change.place)), "insertedContent": {"text": change.text}}
        for change in changes
    ]
