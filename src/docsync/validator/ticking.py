"""Which checkboxes a number counts: those of a record that it names, or those it stands over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from docsync.models.claims import Form
from docsync.models.diagnostics import Place, Related
from docsync.models.document import Checklist, DocumentFacts
from docsync.models.records import Record
from docsync.project.derived import entry
from docsync.project.parts import parts
from docsync.project.progress import of_criteria
from docsync.text.spans import Span
from docsync.validator.entities import record_of, record_of_file
from docsync.validator.scoping import Claim
from docsync.validator.vocabulary import neutral, words
from docsync.validator.wording import RELATED, named

_CRITERIA = frozenset({"criteria", "criterion", "requirements", "checks", "checkboxes", "boxes", "conditions"})
_TICKED = _CRITERIA | {"items", "item", "tasks", "task", "steps", "step", "subtasks", "checklist", "todos"}


class Ticked(Struct, frozen=True):
    """Hold what the boxes come to: `met` of `total`, and whose they are, a record's or a list's of the claim's own document.

    `sure` tells that the text names both the criteria and whose they are, so that a wrong total is wrong too.
    """

    met: int
    total: int
    whose: Record | Checklist
    sure: bool = False

    @property
    def owner(self) -> str:
        """Name whose boxes they are."""
        return named(self.whose) if isinstance(self.whose, Record) else f"`{self.whose.title}`"

    def related(self, document: DocumentFacts) -> tuple[Related, ...]:
        """Point at the boxes."""
        if isinstance(self.whose, Record):
            return _boxes(self.whose)
        return (document.related(self.whose.span, f"{self.met} of {self.total} boxes are ticked here"),)


class Boxes:
    """Hold the boxes of one document, for all the fractions in it; its lists are put in order for the first that needs them."""

    def __init__(self, document: DocumentFacts) -> None:
        self._document = document

    def counted(self, claim: Claim) -> Ticked | None:
        """Find the boxes that a fraction counts; None where that is not certain."""
        return _of_record(claim) or _of_checklist(claim, self._nested)

    @cached_property
    def _nested(self) -> _Nested:
        return _nested(self._document.checklists)


def _of_record(claim: Claim) -> Ticked | None:
    quantity = claim.quantity
    spoken = bool(words(quantity.noun) & _CRITERIA)
    if quantity.noun and not spoken:
        return None
    record, own_line = _owner(claim, spoken=spoken)
    if record is None or not record.criteria or not (spoken or record.kind == "gate"):
        return None
    progress = of_criteria(record.criteria)
    if not progress.total:
        return None
    return Ticked(progress.done, progress.total, record, sure=spoken and own_line)


def _owner(claim: Claim, *, spoken: bool) -> tuple[Record | None, bool]:
    """Give the record whose criteria are meant, and whether the line itself names it."""
    project, quantity, path = claim.project, claim.quantity, claim.document.path
    own = {record.id: record for name in quantity.entities if (record := record_of(project, name, path))}
    if own or quantity.entities:
        found = [_gate(claim, record) for record in own.values()]
        return (found[0], True) if len(found) == 1 == len(set(quantity.entities)) else (None, False)
    above = [record_of(project, name, path) for name in quantity.scope.entities[:1]]
    fallback = record_of_file(claim.document) if spoken and not quantity.scope.entities else None
    return next(iter(above), fallback), False


def _gate(claim: Claim, record: Record) -> Record | None:
    """Take a phase's gate where the column or key speaks of the gate: `| Phase 1 | … | passed (8/14) |`."""
    if "gate" not in words(claim.quantity.key) or record.kind == "gate":
        return record
    found = [member for member in entry(parts, claim.project, record.id) or () if member.kind == "gate"]
    return found[0] if len(found) == 1 else None


def _boxes(record: Record) -> tuple[Related, ...]:
    kept = sorted((one for one in record.criteria if not one.dropped), key=lambda one: one.met, reverse=True)
    return tuple(Related(Place(record.path, one.mark_span), "met" if one.met else "not met") for one in kept[:RELATED])


def _of_checklist(claim: Claim, nested: _Nested) -> Ticked | None:
    """Take the innermost checklist around a fraction, when its boxes are as many as the fraction's total."""
    quantity = claim.quantity
    around = nested.around(quantity.span)
    if around is None or quantity.total is None or not quantity.total.exact or not _counts_boxes(claim, around):
        return None
    for met, total in ((around.met, around.total), (around.own_met, around.own_total)):
        if total > 1 and quantity.total.value == total:
            return Ticked(met, total, around)
    return None


def _counts_boxes(claim: Claim, around: Checklist) -> bool:
    """Tell whether a fraction counts all boxes: it says so, or it stands on the very line that they stand under."""
    quantity = claim.quantity
    if not neutral(claim.project, f"{quantity.qualifier} {quantity.key}") and quantity.form is not Form.HEADING:
        return False  # `Parallel tasks: 79 of 123` counts other than ticked ones
    return bool(words(quantity.noun) & _TICKED) if quantity.noun else around.span.contains(quantity.span)


class _Nested(Struct, frozen=True):
    """Hold a document's checklists by where they start, each with the index of the one that encloses it."""

    starts: Sequence[int]
    lists: Sequence[tuple[Span, Checklist, int]]

    def around(self, span: Span) -> Checklist | None:
        at = bisect_right(self.starts, span.start) - 1
        while at >= 0 and not self.lists[at][0].contains(span):
            at = self.lists[at][2]
        return self.lists[at][1] if at >= 0 else None


def _nested(lists: Iterable[Checklist]) -> _Nested:
    hulls = sorted(((_hull(one), one) for one in lists), key=lambda pair: (pair[0].start, -pair[0].end))
    nested: list[tuple[Span, Checklist, int]] = []
    open_: list[int] = []
    for hull, one in hulls:
        while open_ and not nested[open_[-1]][0].contains(hull):
            open_.pop()
        nested.append((hull, one, open_[-1] if open_ else -1))
        open_.append(len(nested) - 1)
    return _Nested([hull.start for hull, _ in hulls], nested)


def _hull(checklist: Checklist) -> Span:
    return Span(min(checklist.span.start, checklist.reach.start), max(checklist.span.end, checklist.reach.end))
