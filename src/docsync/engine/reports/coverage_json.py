"""What a coverage report in the JSON of coverage.py says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from docsync.engine.reports.coverage_xml import both, share_of
from docsync.engine.reports.markup import Unreadable
from docsync.engine.reports.times import moments_of
from docsync.models.reports import CoverageRun, Moments


def read_coverage_json(raw: bytes) -> CoverageRun:
    """Read a report; raises Unreadable."""
    found = json_of(raw)
    if not isinstance(found, dict):
        raise Unreadable("is not the JSON of coverage.py: an object was expected")
    totals, meta = _mapping(found, "totals"), _mapping(found, "meta")
    line = share_of(_number(totals, "covered_lines"), _number(totals, "num_statements"))
    if line is None:
        raise Unreadable("does not say how many lines are covered: totals.covered_lines and totals.num_statements are missing")
    branch = share_of(_number(totals, "covered_branches"), _number(totals, "num_branches"))
    stamp = meta.get("timestamp")
    moments = moments_of(stamp) if isinstance(stamp, str) else Moments()
    return CoverageRun(line, branch, both(line, branch), frozenset(_mapping(found, "files")), moments)


def json_of(raw: bytes) -> object:
    """Read JSON in UTF-8; raises Unreadable."""
    if not raw.strip():
        raise Unreadable("is empty")
    try:
        found: object = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8") from error
    except RecursionError as error:
        raise Unreadable("has values inside each other too deep") from error
    except ValueError as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"is no JSON, or is cut off{where}") from error
    return found


def _mapping(found: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = found.get(key)
    return value if isinstance(value, dict) else {}


def _number(found: Mapping[str, Any], key: str) -> int:
    value = found.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
