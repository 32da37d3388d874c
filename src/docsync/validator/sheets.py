"""What the rules come to in one file: what is silenced, what speaks of one number, and how many claims were checked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.models.diagnostics import Confirmation, Diagnostic, Verdict
from docsync.models.document import DocumentFacts
from docsync.validator.gathering import Result
from docsync.validator.merging import Found, same_number, statement
from docsync.validator.rule import RuleModule
from docsync.validator.rules import REGISTRY, malformed_region, unused_suppression
from docsync.validator.selecting import Places
from docsync.validator.suppressing import Suppressions
from docsync.validator.tallying import Judged, judged

_NONE: Final = Judged()
_POSITIONS: Final = {rule.CODE: number for number, rule in enumerate(REGISTRY)}


class Terms(Struct, frozen=True):
    """Hold what a project's choices make of findings.

    `wanted` tells which paths are asked about, None for all, each by itself; `skipped` holds the codes and names of rules of
    which is not known whether a comment is needed; `reports_unused` tells whether comments that silence nothing are reported.
    """

    where: Places
    wanted: Callable[[str], bool] | None
    skipped: frozenset[str]
    reports_unused: bool


class Entry(Struct, frozen=True):
    """Hold a finding that is reported, what it states, and the diagnostic that it is by itself."""

    said: Hashable
    found: Found
    diagnostic: Diagnostic


class Sheet(Struct, frozen=True):
    """Hold what is reported of one file, and how many of its claims were checked."""

    entries: tuple[Entry, ...]
    judged: Judged


def sheet(path: str, document: DocumentFacts | None, results: Sequence[Result], terms: Terms) -> Sheet | None:
    """Work out what the rules come to in one file, from all that they gave for it; None for nothing, not even a claim."""
    confirmed = [span for result in results if isinstance(result, Confirmation) for span in result.spans]
    found = sorted((result for result in results if isinstance(result, Found)), key=_position)
    open_ = list(_open(path, document, found, terms)) if found or (document and document.suppressions) else []
    contradicted = [item.finding.place.span for item in open_ if item.finding.verdict is Verdict.CONTRADICTED]
    asked = open_ if terms.wanted is None or terms.wanted(path) else []
    entries = tuple(_entry(item, number, document, terms) for number, item in enumerate(same_number(_distinct(asked))))
    counted = judged(document, confirmed, contradicted)
    return Sheet(entries, counted) if entries or counted != _NONE else None


def stamp(item: Found, where: Places) -> Diagnostic:
    """Make a finding the diagnostic that everybody else sees."""
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


def _open(path: str, document: DocumentFacts | None, found: Sequence[Found], terms: Terms) -> Iterator[Found]:
    """Give what no comment and no override silences, and the comments that silence nothing."""
    suppressions = Suppressions(document.suppressions) if document else None
    for item in found:
        silent = suppressions is not None and suppressions.silence(item.rule, item.finding.place.span)
        if not silent and not _is_silenced(item.rule, path, terms):
            yield item
    if suppressions and document and terms.reports_unused and not _is_silenced(unused_suppression, path, terms):
        for mark in suppressions.unused(terms.skipped):
            yield Found(unused_suppression, unused_suppression.finding(document, mark))


def _distinct(found: Iterable[Found]) -> Iterator[Found]:
    """Give each finding once; all that it holds is compared only with what says the same of the same place."""
    known: dict[Hashable, list[Found]] = {}
    for item in found:
        alike = known.setdefault((item.rule.CODE, item.finding.place, item.finding.message), [])
        if item not in alike:
            alike.append(item)
            yield item


def _position(item: Found) -> int:
    return _POSITIONS[item.rule.CODE]


def _is_silenced(rule: RuleModule, path: str, terms: Terms) -> bool:
    return terms.where.silences(rule, path)


def _entry(item: Found, number: int, document: DocumentFacts | None, terms: Terms) -> Entry:
    finding = item.finding
    apart = terms.wanted is None or (document is not None and _cannot_be_written(document))
    said = statement(item, finding.place.path if apart else "") if finding.verdict else (finding.place.path, number)
    return Entry(said, item, stamp(item, terms.where))


def _cannot_be_written(document: DocumentFacts) -> bool:
    """Tell whether a file keeps its findings to itself: no fix may wait for what cannot be written."""
    return any(trouble.code == malformed_region.CODE for trouble in document.troubles)
