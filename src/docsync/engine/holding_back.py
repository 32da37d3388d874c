"""What a baseline makes of a report, and what a report makes of a baseline."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.engine.baseline import Baseline, drops, read_baseline, write_baseline
from docsync.engine.own_files import FILE
from docsync.engine.request import JobError, Request, targets_of
from docsync.models.diagnostics import Diagnostic, Place, Report
from docsync.validator.claimed import Key, key_of

_CODE: Final = "DS902"
_NAME: Final = "stale-baseline"
_OF_THE_RUN: Final = frozenset({"DS900", "DS902", "DS903"})
"""What says something of a run and not of documents, and so is never known beforehand."""


class Taking(Struct, frozen=True):
    """Say what became of a baseline: what was or would be added and dropped, how many of each, and how many it holds now."""

    added: Mapping[Key, int]
    dropped: Mapping[Key, int]
    held: int
    fresh: bool


def hold_back(report: Report, request: Request) -> Report:
    """Leave out of a report what the project's baseline knows of, and add what of it no longer occurs."""
    baseline = read_baseline(os.path.realpath(request.root))
    then = report.since.counts if report.since else {}
    left = {key: max(count - then.get(key, 0), 0) for key, count in baseline.counts.items()}  # those are left out already
    shown: list[Diagnostic] = []
    known: list[Diagnostic] = []
    for found in report.diagnostics:
        key = key_of(found)
        if found.code not in _OF_THE_RUN and left.get(key):
            left[key] -= 1
            known.append(found)
        else:
            shown.append(found)
    compared = report.stale_baseline is None or report.since
    stale = [] if compared else list(_stale(report, request, baseline, left))
    lines = {**report.lines, FILE: baseline.source.lines} if stale else report.lines
    ordered = sorted((*stale, *shown), key=lambda found: found.place.path)
    return replace(report, diagnostics=tuple(ordered), lines=lines, held_back=len(known), known=tuple(known))


def take_baseline(report: Report, root: str, *, update: bool, prune: bool) -> Taking:
    """Record the findings of a report of the whole project; raises JobError.

    An existing baseline is only added to with `update`, which also drops what no longer occurs, as `prune` does alone.
    """
    root = os.path.realpath(root)
    now = _counts(report)
    before = read_baseline(root) if os.path.lexists(os.path.join(root, FILE)) else None
    known = before.counts if before else {}
    added = {key: count - known.get(key, 0) for key, count in now.items() if count > known.get(key, 0)}
    rest = drops(known, now, (key for key in known if key[0] in report.refused))
    dropped = {key: count - rest.get(key, 0) for key, count in known.items() if count > rest.get(key, 0)}
    after = dict(known)
    if prune or update:
        after = dict(rest)
    if update or before is None:
        after |= {key: max(now[key], after.get(key, 0)) for key in now}
    if before is None and prune:
        raise JobError(f"{FILE}: there is no baseline to prune")
    if before is None or after != known:
        write_baseline(root, after, before)
    return Taking(added, dropped, sum(after.values()), before is None)


def known_keys(root: str) -> frozenset[Key]:
    """Give what a project's baseline knows of, nothing without one; raises JobError."""
    if not os.path.lexists(os.path.join(root, FILE)):
        return frozenset()
    return frozenset(read_baseline(os.path.realpath(root)).counts)


def _counts(report: Report) -> Counter[Key]:
    """Count what a check fails on."""
    return Counter(
        key_of(found)
        for found in report.diagnostics
        if found.severity.rank >= report.fail_on.rank and found.code not in _OF_THE_RUN
    )


def _stale(report: Report, request: Request, baseline: Baseline, left: Mapping[Key, int]) -> Iterator[Diagnostic]:
    """Give what the baseline knows of and no longer occurs, in what was asked for and could be read."""
    targets = targets_of(request)
    for key, count in left.items():
        path, code, claim = key
        there = targets.take(path) and path not in report.refused and _asked_for(request, code)
        if count and there and report.stale_baseline:
            times = "" if count == baseline.counts[key] == 1 else f" ({count} of {baseline.counts[key]})"
            yield Diagnostic(
                _CODE,
                _NAME,
                report.stale_baseline,
                f"no longer found in {path}: {code} {claim}{times}",
                Place(FILE, baseline.spans[key]),
                help="`docsync baseline --prune` drops it, so that it cannot come back unnoticed",
            )


def _asked_for(request: Request, code: str) -> bool:
    """Tell whether a rule's findings could have occurred."""
    if not request.choices:
        return True
    from docsync.engine.selecting import asked_for  # noqa: PLC0415  # loads all rules, which a check of nothing new need not

    return asked_for(request, code)
