"""What a project's rules find: every diagnostic, sorted, and a tally of the claims that were looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from msgspec import Struct, field

from docsync.models.diagnostics import Diagnostic, Tally
from docsync.project.following import Documents, differing
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.gathering import Part, Result, Rules, gathered, ruled
from docsync.validator.merging import repeated
from docsync.validator.rules import (
    REGISTRY,
    next_never_picked_up,
    passed_gate_taken_back,
    reopened_without_reason,
    resolved_count_falls,
    status_jumps,
    unused_suppression,
)
from docsync.validator.selecting import is_on, places
from docsync.validator.sheets import Entry, Sheet, Terms, sheet, stamp
from docsync.validator.suppressing import skipped_spellings
from docsync.validator.tallying import tally

_Wanted: TypeAlias = "Callable[[str], bool] | None"
OF_CHANGES: Final = frozenset(
    rule.CODE
    for rule in (reopened_without_reason, passed_gate_taken_back, resolved_count_falls, status_jumps, next_never_picked_up)
)
"""The codes of the rules that hold two states against each other, or look at what commits did."""


class Outcome(Struct, frozen=True):
    """Hold what the rules found, ordered by path and place, and what they looked at."""

    diagnostics: tuple[Diagnostic, ...]
    tally: Tally


class _Latest(Struct, frozen=True, eq=False):
    """Hold what the rules came to when they ran last, so that what came to the same is not worked through again."""

    rules: Rules
    wanted: _Wanted
    documents: Documents
    given: Sequence[Part]
    sheets: Mapping[str, Sheet]
    terms: Terms
    together: dict[tuple[int, ...], tuple[Sequence[Entry], Diagnostic]] = field(default_factory=dict)


_latest: Final[list[_Latest]] = []


def run(project: Project, wanted: _Wanted = None) -> Outcome:
    """Check a project by all rules that its configuration does not ignore.

    `wanted` tells which paths are asked about: other files are read but not reported on, and one statement repeated in
    several files becomes one diagnostic. Without it each file keeps its own, so that the caller can leave files out.
    """
    rules = ruled(project.config)
    before = next((one for one in _latest if one.rules is rules and one.wanted == wanted), None)
    given = gathered(rules, project, before.given if before else ())
    terms = before.terms if before else _terms(project, rules, wanted)
    sheets = dict(before.sheets) if before else {}
    for path, results in _results(given, _to_work_through(before, given, project.documents)):
        if found := sheet(path, project.documents.get(path), results, terms):
            sheets[path] = found
        else:
            sheets.pop(path, None)
    _latest[:] = [_Latest(rules, wanted, project.documents, given, sheets, terms)]
    diagnostics = _reported(sheets, terms, before, _latest[0])
    return Outcome(diagnostics, tally(project, (one.judged for one in sheets.values())))


def _terms(project: Project, rules: Rules, wanted: _Wanted) -> Terms:
    # Whether a comment about a change is needed shows only while that change is looked at.
    skipped = [rule for rule in REGISTRY if rule not in rules.chosen or rule.CODE in OF_CHANGES]
    reports_unused = is_on(unused_suppression, project.config.rules)
    return Terms(places(project.config), wanted, skipped_spellings(skipped), reports_unused)


def _to_work_through(before: _Latest | None, given: Sequence[Part], documents: Documents) -> Iterable[str]:
    """Give the paths of which the rules, or their document, say something else than before."""
    if before is None:
        return documents.keys() | {path for one in given for path in one.given}
    changed = set(differing(before.documents, documents))
    for was, now in zip(before.given, given, strict=True):
        changed |= differing(was.given, now.given)
    return changed


def _results(given: Sequence[Part], paths: Iterable[str]) -> Iterable[tuple[str, list[Result]]]:
    """Give all results of some paths, in the order of the parts."""
    found: dict[str, list[Result]] = {path: [] for path in paths}
    for one in given:
        for path in one.given if len(one.given) < len(found) else found:
            if path in one.given and path in found:
                found[path] += one.of(path)
    return found.items()


def _reported(sheets: Mapping[str, Sheet], terms: Terms, before: _Latest | None, latest: _Latest) -> tuple[Diagnostic, ...]:
    """Give each statement once, by path and place."""
    groups: dict[object, list[Entry]] = {}
    for path in sorted(path for path, one in sheets.items() if one.entries):
        for entry in sheets[path].entries:
            groups.setdefault(entry.said, []).append(entry)
    found = [group[0].diagnostic if len(group) == 1 else _together(group, terms, before, latest) for group in groups.values()]
    return tuple(sorted(found, key=_order))


def _together(group: Sequence[Entry], terms: Terms, before: _Latest | None, latest: _Latest) -> Diagnostic:
    """Make one diagnostic of a statement that is repeated; the same one as before where its findings are."""
    key = tuple(map(id, group))
    kept = before.together.get(key) if before else None
    if kept is None:
        kept = (group, stamp(repeated([entry.found for entry in group]), terms.where))
    latest.together[key] = kept
    return kept[1]


def _order(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    return diagnostic.place.path, diagnostic.place.span, diagnostic.code, diagnostic.message
