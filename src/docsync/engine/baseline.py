"""What a project's baseline says: the findings that were there when it was taken, and how often."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from docsync.engine.own_files import FILE
from docsync.engine.request import JobError
from docsync.text.creating import create
from docsync.text.edits import Edit
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, read
from docsync.text.spans import Span
from docsync.text.writing import Plan, write_all
from docsync.validator.claimed import Key

_VERSION: Final = 1
_CLAIM: Final = re.compile(r'"claim"\s*:')
_MEMBERS: Final = ("path", "code", "claim", "count")


class Baseline(Struct, frozen=True):
    """Hold a baseline as it is on the disk: how often each key may occur, and where it is written."""

    source: SourceFile
    counts: Mapping[Key, int]
    spans: Mapping[Key, Span]


def read_baseline(root: str) -> Baseline:
    """Read the baseline of a project; raises JobError where it cannot be understood."""
    try:
        source = read(root, FILE)
    except Refusal as refusal:
        line = f":{refusal.lines.line(refusal.span.start)}" if refusal.lines else ""
        raise JobError(f"{FILE}{line}: {refusal.message}") from refusal
    try:
        return _baseline(source, json.loads(source.text))
    except (ValueError, RecursionError) as error:
        raise JobError(f"{FILE}: no baseline of docsync: {error}; `docsync baseline --help` tells how to take one") from error


def write_baseline(root: str, counts: Mapping[Key, int], before: Baseline | None) -> None:
    """Write a baseline in the place of the one before, whole or not at all; raises JobError."""
    try:
        if before is None:
            create(root, FILE, baseline_text(counts))
            return
        edit = Edit(Span(0, len(before.source.text)), baseline_text(counts))
        (written,) = write_all(root, (Plan(FILE, before.source, (edit,)),))
        if written.refusal:
            raise written.refusal
    except Refusal as refusal:
        raise JobError(f"{FILE}: {refusal.message}") from refusal


def baseline_text(counts: Mapping[Key, int]) -> str:
    """Give a baseline as JSON: sorted, and one finding on each line, so that two branches seldom touch the same."""
    rows = (dict(zip(_MEMBERS, (*key, count), strict=True)) for key, count in sorted(counts.items()))
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{\n "version": {_VERSION},\n "findings": [\n{lines}\n ]\n}}\n' if lines else _empty()


def _empty() -> str:
    return f'{{\n "version": {_VERSION},\n "findings": []\n}}\n'


def _baseline(source: SourceFile, value: Any) -> Baseline:  # noqa: ANN401  # whatever JSON can hold
    rows = _rows(value)
    places = [found.start() for found in _CLAIM.finditer(source.text)]
    counts: dict[Key, int] = {}
    spans: dict[Key, Span] = {}
    for row, at in zip(rows, places if len(places) == len(rows) else [0] * len(rows), strict=True):
        path, code, claim, count = row
        key = (path, code, claim)
        # Two branches that recorded the same have it twice; that they meant two findings cannot be told.
        counts[key] = max(count, counts.get(key, 0))
        spans[key] = Span(at, at)
    return Baseline(source, counts, spans)


def _rows(value: Any) -> list[tuple[str, str, str, int]]:  # noqa: ANN401  # as above
    if not isinstance(value, dict) or value.get("version") != _VERSION or not isinstance(value.get("findings"), list):
        raise ValueError(f'an object with "version": {_VERSION} and a list "findings" was expected')
    return [_row(number, row) for number, row in enumerate(value["findings"], 1)]


def _row(number: int, row: Any) -> tuple[str, str, str, int]:  # noqa: ANN401  # as above
    if isinstance(row, dict):
        path, code, claim, count = (row.get(name) for name in _MEMBERS)
        if isinstance(path, str) and isinstance(code, str) and isinstance(claim, str) and type(count) is int and count > 0:
            return path, code, claim, count
    raise ValueError(f"finding {number} must have path, code, claim and a count from 1 on")


def drops(counts: Mapping[Key, int], now: Mapping[Key, int], keep: Iterable[Key]) -> dict[Key, int]:
    """Give a baseline with each count lowered to what there is now, but for the keys to keep."""
    kept = frozenset(keep)
    lowered = {key: count if key in kept else min(count, now.get(key, 0)) for key, count in counts.items()}
    return {key: count for key, count in lowered.items() if count}
