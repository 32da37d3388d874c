"""Which records a number counts: its noun gives the kind, its state the measure, what stands around it the scope.

Only like may be compared with like, so a subject is given only when the text leaves no doubt; else the claim stays
unverifiable.
"""

from __future__ import annotations

from msgspec import Struct

from docsync.models.records import Record
from docsync.models.schema import KindSpec, Role
from docsync.project.expressions import Expression, Filter, Term
from docsync.validator.nearby import speaks_of
from docsync.validator.readings import TOTAL, Among, all_known, everyone
from docsync.validator.scoping import Claim, total_agrees, whole_of
from docsync.validator.vocabulary import about_progress, countable, counted_state, is_fact, neutral, nouns, stands_alone, words


class Subject(Struct, frozen=True):
    """Say what a quantity counts: of the records `among` which it counts, those in `state` (a status, `open` or `total`).

    `within` is the phase or other whole that the scope names. `certain` tells that noun, state and scope are all written,
    so that the number may be rewritten without asking; `why` gives the reason for the scope.
    """

    kind: KindSpec
    among: Among
    state: str
    within: Record | None
    certain: bool
    why: str

    @property
    def expression(self) -> str:
        """Give the fact expression that says the same, for a reader who wants to bind the number."""
        return str(self._term(self.state))

    @property
    def fraction(self) -> str:
        """Give the same as a share of all that are counted in."""
        return str(Expression(self._term(self.state), self._term(TOTAL)))

    def _term(self, measure: str) -> Term:
        return Term(self.kind.plural, tuple(_filters(self)), measure)


def subject_of(claim: Claim) -> Subject | None:
    """Give what a living number speaks of, None when that is not certain."""
    quantity = claim.quantity
    state = counted_state(claim.project, quantity)
    if not state or not is_fact(quantity):
        return None
    found = [one for kind in _kinds(claim) if (one := _subject(claim, kind, state))]
    return found[0] if len(found) == 1 else None


def _subject(claim: Claim, kind: KindSpec, state: str) -> Subject | None:
    whole = whole_of(claim, kind)
    if whole is None or not everyone(claim.project, whole.among):
        return None
    if state != TOTAL and not all_known(claim.project, whole.among):
        return None  # a record whose status is not known may be in the state or not
    quantity = claim.quantity
    sure = bool(quantity.noun) and whole.named and speaks_of(claim.project, claim.document, kind.name)
    if not total_agrees(claim, whole.among) and not (sure and (quantity.total is not None or stands_alone(quantity))):
        return None
    certain = sure and bool(quantity.state) and quantity.total is not None
    return Subject(kind, whole.among, state, whole.within, certain, whole.why)


def _kinds(claim: Claim) -> tuple[KindSpec, ...]:
    """Give the kind that a noun counts; without a noun, the kinds of work that the total may be the number of."""
    project, quantity = claim.project, claim.quantity
    if not neutral(project, quantity.qualifier):
        return ()
    if quantity.noun:
        kind = nouns(project).get(quantity.noun)
        return (kind,) if kind else ()
    if quantity.total is None or quantity.total.value <= 1 or not about_progress(project, quantity):
        return ()
    keyed = {nouns(project)[word].name for word in words(quantity.key) if word in nouns(project)}
    return tuple(kind for kind in countable(project) if _is_work(kind) and (not keyed or kind.name in keyed))


def _is_work(kind: KindSpec) -> bool:
    """Tell whether a kind is work that progress is counted in: it can wait for something and is part of something."""
    return bool(kind.relations(Role.NEEDS)) and bool(kind.relations(Role.PART_OF))


def _filters(subject: Subject) -> list[Filter]:
    within = subject.within
    if within is None:
        return []
    fields = subject.kind.relations(Role.PART_OF)
    return [Filter(next(field.name for field in fields if field.target in ("", within.kind)), within.id)]
