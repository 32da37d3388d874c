"""What a run looked at: how many claims there are, and what the check of each came to, every claim counted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.models.diagnostics import Tally
from docsync.models.document import DocumentFacts
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.claims import living_claims

_NEAR: Final = 8
"""How many claims before a place are looked at for one that holds it; claims nest in one line at most."""


class Judged(Struct, frozen=True):
    """Count what was checked in one file, claims about now or not, and the claims about now that were not."""

    confirmed: int = 0
    contradicted: int = 0
    unverifiable: int = 0


def judged(document: DocumentFacts | None, confirmed: Iterable[Span], contradicted: Iterable[Span]) -> Judged:
    """Count the claims of one file that were checked, None for what is no document.

    A rule may point at a part of a claim, or at a line that holds it: that is still the one claim. One that some rule rejects
    is contradicted, whatever others say of it.
    """
    claims = living_claims(document) if document else frozenset()
    bad, good = _claimed(claims, set(contradicted)), _claimed(claims, set(confirmed))
    good -= bad
    return Judged(len(good), len(bad), len(claims) - len(claims & good) - len(claims & bad))


def tally(project: Project, sheets: Iterable[Judged]) -> Tally:
    """Count the claims about now of all files, and whatever else was checked."""
    confirmed = contradicted = unverifiable = 0
    for one in sheets:
        confirmed, contradicted = confirmed + one.confirmed, contradicted + one.contradicted
        unverifiable += one.unverifiable
    return Tally(len(project.documents), len(project.records), confirmed, contradicted, unverifiable)


def _claimed(claims: frozenset[Span], spans: set[Span]) -> set[Span]:
    """Give the claims that spans belong to; most are one themselves."""
    return spans if spans <= claims else (spans & claims).union(_found(claims, spans - claims))


def _found(claims: frozenset[Span], spans: set[Span]) -> Iterator[Span]:
    ordered = sorted(claims)
    starts = [claim.start for claim in ordered]
    return (_find(ordered, starts, span) for span in spans)


def _find(claims: Sequence[Span], starts: Sequence[int], span: Span) -> Span:
    """Find the claim that a span belongs to: the narrowest around, else the first within, else the span itself."""
    after = bisect_right(starts, span.start)
    around = [claim for claim in claims[max(after - _NEAR, 0) : after] if span.end <= claim.end]
    if around:
        return min(around, key=len)
    within = bisect_left(starts, span.start)
    return claims[within] if within < len(claims) and span.contains(claims[within]) else span
