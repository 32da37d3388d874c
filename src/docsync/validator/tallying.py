"""What a run looked at: how many claims there are, and what the check of each came to, every claim counted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import Final, TypeAlias

from docsync.models.diagnostics import Place, Tally
from docsync.models.document import DocumentFacts
from docsync.project.index import Project
from docsync.project.kept import once
from docsync.text.spans import Span
from docsync.validator.claims import living_claims

_Claim: TypeAlias = "tuple[str, Span, bool]"
"""A path, a span, and whether that is a claim about now and not just something that was checked."""

_NEAR: Final = 8
"""How many claims before a place are looked at for one that holds it; claims nest in one line at most."""


def tally(project: Project, confirmed: Collection[Place], contradicted: Collection[Place]) -> Tally:
    """Count the claims about now, and whatever else was checked.

    A rule may point at a part of a claim, or at a line that holds it: that is still the one claim. One that some rule rejects
    is contradicted, whatever others say of it.
    """
    bad = {_claim(project, place) for place in contradicted}
    good = {_claim(project, place) for place in confirmed} - bad
    judged = sum(known for judged in (good, bad) for _, _, known in judged)
    claims = sum(len(living_claims(document)) for document in project.documents.values())
    return Tally(len(project.documents), len(project.records), len(good), len(bad), claims - judged)


def _claim(project: Project, place: Place) -> _Claim:
    """Give the claim that is meant."""
    document = project.documents.get(place.path)
    if document is None:
        return place.path, place.span, False
    meant = _meant(document)
    if place.span not in meant:
        spans = living_claims(document)
        span = _find(spans, place.span)
        meant[place.span] = (place.path, span, _is_among(spans, span))
    return meant[place.span]


@once
def _meant(_document: DocumentFacts) -> dict[Span, _Claim]:
    """Give what was found out of a document's claims so far."""
    return {}


def _find(spans: tuple[Span, ...], span: Span) -> Span:
    """Find the claim that a span belongs to: the narrowest around, else the first within, else the span itself."""
    after = bisect_right(spans, span.start, key=_start)
    around = [claim for claim in spans[max(after - _NEAR, 0) : after] if claim.contains(span)]
    if around:
        return min(around, key=len)
    within = bisect_left(spans, span.start, key=_start)
    return spans[within] if within < len(spans) and span.contains(spans[within]) else span


def _is_among(spans: tuple[Span, ...], span: Span) -> bool:
    at = bisect_left(spans, span)
    return at < len(spans) and spans[at] == span


def _start(span: Span) -> int:
    return span.start
