"""Which test modules a report leaves out, so that it may be of a part of the tests only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from docsync.models.reports import Part, stem

_MODULE: Final = re.compile(r"(?:.*/)?(?:test_[^/]+\.py|[^/]+_test\.(?:py|go)|[^/]+\.(?:test|spec)\.[cm]?[jt]sx?)")


def left_out(parts: Sequence[Part], present: Iterable[str]) -> str:
    """Give the first of the present test modules that a report does not speak of; empty where it names none of them.

    What it names are files, or modules with the names of classes behind them.
    """
    modules = sorted(path for path in present if _MODULE.fullmatch(path))
    named = _beginnings(part.file for part in parts)
    missing = [path for path in modules if stem(path) not in named]
    return missing[0] if missing and len(missing) < len(modules) else ""


def _beginnings(files: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for file in set(files):
        at = len(file)
        while at > 0 and file[:at] not in found:
            found.add(file[:at])
            at = file.rfind("/", 0, at)
    return frozenset(found)
