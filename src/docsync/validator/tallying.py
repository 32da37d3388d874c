"""What a run looked at: how many claims there are, and what the check of each came to, every claim counted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from typing import Final

from docsync.models.diagnostics import Place, Tally
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.claims import living_claims

_NEAR: Final = 8
"""How many claims before a place are looked at for one that holds it; claims nest in one line at most."""


def tally(project: Project, confirmed: Collection[Place], contradicted: Collection[Place]) -> Tally:
    """Count the claims about now, and whatever else was checked.

    A rule may point at a part of a claim, or at a line that holds it: that is still the one claim. One that some rule rejects
    is contradicted, whatever others say of it.
    """
    claims = living_claims(project)
    of = _Claims(claims)
    bad = {of.claim(place) for place in contradicted}
    good = {of.claim(place) for place in confirmed} - bad
    return Tally(len(project.documents), len(project.records), len(good), len(bad), len(claims - good - bad))


class _Claims:
    """Find the claim that a place belongs to."""

    def __init__(self, claims: Iterable[Place]) -> None:
        self._spans: dict[str, list[Span]] = {}
        for place in sorted(claims):
            self._spans.setdefault(place.path, []).append(place.span)

    def claim(self, place: Place) -> Place:
        """Give the place of the claim that is meant: the narrowest around, else the first within, else the place itself."""
        spans = self._spans.get(place.path, [])
        after = bisect_right(spans, place.span.start, key=lambda span: span.start)
        around = [span for span in spans[max(after - _NEAR, 0) : after] if span.contains(place.span)]
        if around:
            return Place(place.path, min(around, key=len))
        within = bisect_left(spans, place.span.start, key=lambda span: span.start)
        if within < len(spans) and place.span.contains(spans[within]):
            return Place(place.path, spans[within])
        return place
