"""What a run looked at: how many claims there are, and what the check of each came to, every claim counted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from docsync.models.diagnostics import Tally
from docsync.models.document import DocumentFacts
from docsync.project.following import each
from docsync.project.index import Project
from docsync.project.kept import once
from docsync.text.spans import Span
from docsync.validator.claims import living_claims

_NEAR: Final = 8
"""How many claims before a place are looked at for one that holds it; claims nest in one line at most."""


class Judged(Struct, frozen=True):
    """Count what was checked in one file; `claims` of it are claims about now, the rest just was checked."""

    confirmed: int = 0
    contradicted: int = 0
    claims: int = 0


def judged(document: DocumentFacts | None, confirmed: Iterable[Span], contradicted: Iterable[Span]) -> Judged:
    """Count the claims of one file that were checked, None for what is no document.

    A rule may point at a part of a claim, or at a line that holds it: that is still the one claim. One that some rule rejects
    is contradicted, whatever others say of it.
    """
    spans = living_claims(document) if document else ()
    known = _found(document) if document else {}
    bad = {known.get(span) or known.setdefault(span, _find(spans, span)) for span in contradicted}
    good = {known.get(span) or known.setdefault(span, _find(spans, span)) for span in confirmed} - bad
    return Judged(len(good), len(bad), sum(len(one & _span_set(document)) for one in (good, bad)) if document else 0)


def tally(project: Project, sheets: Iterable[Judged]) -> Tally:
    """Count the claims about now of all files, and whatever else was checked."""
    confirmed = contradicted = known = 0
    for one in sheets:
        confirmed, contradicted, known = confirmed + one.confirmed, contradicted + one.contradicted, known + one.claims
    claims = sum(_claims(project).values())
    return Tally(len(project.documents), len(project.records), confirmed, contradicted, claims - known)


@each
def _claims(document: DocumentFacts) -> int:
    return len(living_claims(document))


@once
def _span_set(document: DocumentFacts) -> frozenset[Span]:
    return frozenset(living_claims(document))


@once
def _found(_document: DocumentFacts) -> dict[Span, Span]:
    """Give the claims that spans of one document were found to belong to; the rules give nearly the same ones each time."""
    return {}


def _find(spans: tuple[Span, ...], span: Span) -> Span:
    """Find the claim that a span belongs to: the narrowest around, else the first within, else the span itself."""
    after = bisect_right(spans, span.start, key=_start)
    around = [claim for claim in spans[max(after - _NEAR, 0) : after] if claim.contains(span)]
    if around:
        return min(around, key=len)
    within = bisect_left(spans, span.start, key=_start)
    return spans[within] if within < len(spans) and span.contains(spans[within]) else span


def _start(span: Span) -> int:
    return span.start
