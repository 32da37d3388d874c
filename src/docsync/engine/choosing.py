"""Which fixes of a judgement may be applied together, and what they change in each file."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from msgspec import Struct, field

from docsync.engine.judging import Judgement
from docsync.engine.request import Targets
from docsync.models.diagnostics import Diagnostic, Fix, Place, Safety
from docsync.models.document import DocumentFacts
from docsync.text.edits import Edit
from docsync.text.spans import Span
from docsync.validator.claimed import Key, key_of
from docsync.validator.rules import REGISTRY, bound_number_stale, computed_value_stale, stale_region, status_disagrees

MALFORMED: Final = "DS602"
EDITED: Final = "DS603"
"""Its fix is never taken: whoever may overwrite edits by hand has the region counted as merely stale."""
KEPT: Final = frozenset(rule.CODE for rule in REGISTRY if rule.KEEPS)
"""The codes of the rules that `regenerate` keeps true."""


_ASKED_FOR: Final = frozenset({bound_number_stale.CODE, computed_value_stale.CODE, stale_region.CODE})
"""The codes of what a marker or the front matter asks docsync to keep true."""


class Picked(Struct):
    """Gather what is to change in one file: edits that do not touch, the regions they fill, and how many are in no region."""

    edits: list[Edit] = field(default_factory=list)
    regions: set[str] = field(default_factory=set)
    numbers: int = 0
    spans: list[Span] = field(default_factory=list)

    def is_free(self, span: Span) -> bool:
        """Tell whether no edit picked so far shares text with a span or stands at the same point."""
        at = bisect_right(self.spans, span)
        before = self.spans[at - 1] if at else None
        after = self.spans[at] if at < len(self.spans) else None
        return not (before and (before.end > span.start or before == span)) and not (after and after.start < span.end)


def choose(
    judgement: Judgement,
    targets: Targets,
    *,
    unsafe: bool,
    known: Collection[Key] = frozenset(),
    leave: Callable[[Diagnostic], bool] | None = None,
) -> dict[str, Picked]:
    """Pick fixes in the order of the diagnostics, each whole or not at all, one that touches an earlier one left for later.

    Without `unsafe`, only safe fixes of the rules that are kept. What a baseline knows of is left as it is, unless a marker
    asks for it to be kept true: who put up with a contradiction has not said which side is right. So is what would follow
    from a file whose statuses other documents contradict: that file may be the one that was forgotten. So is what `leave`
    says.
    """
    documents = judgement.project.documents
    disputed = frozenset() if unsafe else disputed_homes(judgement)
    picked: dict[str, Picked] = {}
    for found in judgement.outcome.diagnostics:
        if (
            found.fix
            and not (leave and leave(found))
            and _allowed(found, known, unsafe=unsafe)
            and not _rests_on(found, disputed)
            and _reachable(found.fix, targets, documents)
        ):
            _pick(picked, found.fix, documents)
    return {path: file for path, file in picked.items() if file.edits}


def is_writable(document: DocumentFacts) -> bool:
    """Tell whether a file may be written: it was read, and all its markers were understood."""
    return not document.refused and not any(trouble.code == MALFORMED for trouble in document.troubles)


def disputed_homes(judgement: Judgement) -> frozenset[str]:
    """Give the files that are homes of records of which another place tells another status."""
    homes = {record.place_of("status") for record in judgement.project.records}
    disputes = (found for found in judgement.outcome.diagnostics if found.code == status_disagrees.CODE)
    places = (place for found in disputes for place in (found.place, *(related.place for related in found.related)))
    return frozenset(place.path for place in places if place in homes)


def _rests_on(found: Diagnostic, disputed: Collection[str]) -> bool:
    """Tell whether a fix that no marker asks for follows from one of these files."""
    return found.code not in _ASKED_FOR and any(related.place.path in disputed for related in found.related)


def is_accepted(found: Diagnostic, known: Collection[Key]) -> bool:
    """Tell whether a finding is put up with: a baseline knows of it, and no marker asks for the text to be kept true."""
    return found.code not in _ASKED_FOR and key_of(found) in known


def _allowed(found: Diagnostic, known: Collection[Key], *, unsafe: bool) -> bool:
    if is_accepted(found, known):
        return False
    safe = found.fix is not None and found.fix.safety is Safety.SAFE
    return found.code != EDITED and (unsafe or (safe and found.code in KEPT))


def _reachable(fix: Fix, targets: Targets, documents: Mapping[str, DocumentFacts]) -> bool:
    paths = {change.place.path for change in fix.changes}
    return all(targets.take(path) and path in documents and is_writable(documents[path]) for path in paths)


def _pick(picked: dict[str, Picked], fix: Fix, documents: Mapping[str, DocumentFacts]) -> None:
    """Take a fix in, all its changes or none."""
    taken: list[Place] = []
    for change in fix.changes:
        file = picked.setdefault(change.place.path, Picked())
        if not file.is_free(change.place.span):
            for place in taken:
                picked[place.path].spans.remove(place.span)
            return
        insort(file.spans, change.place.span)
        taken.append(change.place)
    for change in fix.changes:
        file = picked[change.place.path]
        file.edits.append(Edit(change.place.span, change.text))
        region = next(_regions_around(documents[change.place.path], change.place.span), "")
        file.regions |= {region} - {""}
        file.numbers += not region


def _regions_around(document: DocumentFacts, span: Span) -> Iterator[str]:
    return (region.id for region in document.regions if region.body.contains(span))
