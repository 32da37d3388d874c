"""What a project's rules find: every diagnostic, sorted, and a tally of the claims that were looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from docsync.models.diagnostics import Confirmation, Diagnostic, Place, Tally, Verdict
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.merging import Found, merge
from docsync.validator.reported import faults
from docsync.validator.rule import RuleModule
from docsync.validator.rules import (
    REGISTRY,
    internal_error,
    malformed_region,
    passed_gate_taken_back,
    reopened_without_reason,
    unused_suppression,
)
from docsync.validator.selecting import Places, is_on, places
from docsync.validator.suppressing import Suppressions, skipped_spellings
from docsync.validator.tallying import tally

_OF_CHANGES: Final = frozenset({reopened_without_reason.CODE, passed_gate_taken_back.CODE})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what the rules found, ordered by path and place, and what they looked at."""

    diagnostics: tuple[Diagnostic, ...]
    tally: Tally


@dataclass(slots=True)
class _Gathered:
    found: list[Found] = field(default_factory=list)
    confirmed: set[Place] = field(default_factory=set)


def run(project: Project, wanted: Callable[[str], bool] | None = None) -> Outcome:
    """Check a project by all rules that its configuration does not ignore.

    `wanted` tells which paths are asked about: other files are read but not reported on, and one statement repeated in
    several files becomes one diagnostic. Without it each file keeps its own, so that the caller can leave files out.
    """
    chosen = [rule for rule in REGISTRY if is_on(rule, project.config.rules)]
    # Whether a comment about a change is needed shows only while that change is looked at.
    skipped = [rule for rule in REGISTRY if rule not in chosen or rule.CODE in _OF_CHANGES]
    gathered = _Gathered()
    for rule in chosen:
        if rule.CODE != unused_suppression.CODE:
            _gather(rule, project, gathered)
    suppressions = Suppressions(project)
    open_ = _Gathered([item for item in gathered.found if not suppressions.silence(item.rule, item.finding.place)])
    if any(rule.CODE == unused_suppression.CODE for rule in chosen):
        _gather(unused_suppression, suppressions.unused(project, skipped_spellings(skipped)), open_)
    where = places(project.config)
    open_.found = [item for item in open_.found if not where.silences(item.rule, item.finding.place.path)]
    reported = [item for item in open_.found if wanted is None or wanted(item.finding.place.path)]
    merged = merge(reported, _apart(project, together=wanted is not None))
    diagnostics = sorted((_stamp(item, where) for item in merged), key=_order)
    contradicted = {item.finding.place for item in open_.found if item.finding.verdict is Verdict.CONTRADICTED}
    return Outcome(tuple(diagnostics), tally(project, gathered.confirmed, contradicted))


def _apart(project: Project, *, together: bool) -> Callable[[str], bool]:
    """Tell which files keep their findings to themselves: all, or those that cannot be written, which no fix may wait for."""
    if not together:
        return lambda _path: True
    return {finding.place.path for finding in faults(project).get(malformed_region.CODE, ())}.__contains__


def _gather(rule: RuleModule, project: Project, gathered: _Gathered) -> None:
    """Run one rule so that its crash, which is our fault and not the documents', leaves the others standing."""
    try:
        for result in rule.check(project):
            if isinstance(result, Confirmation):
                gathered.confirmed.add(result.place)
            else:
                gathered.found.append(Found(rule, result))
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is a bug of ours, and is reported as one
        crash = internal_error.crash(project, f"rule {rule.CODE} {rule.NAME}", error)
        gathered.found.append(Found(internal_error, crash))


def _stamp(item: Found, where: Places) -> Diagnostic:
    rule, finding = item.rule, item.finding
    chosen = where.severity(rule, finding.place.path)
    return Diagnostic(
        rule.CODE,
        rule.NAME,
        chosen or finding.severity or rule.SEVERITY,
        finding.message,
        finding.place,
        finding.related,
        finding.fix,
        finding.verdict,
        finding.help,
        finding.evidence,
    )


def _order(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    return diagnostic.place.path, diagnostic.place.span, diagnostic.code, diagnostic.message
