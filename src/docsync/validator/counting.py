"""What a number should be when its subject is counted, and how the two are told apart in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Related, Safety, Verdict
from docsync.project.index import Project
from docsync.project.kept import of_project
from docsync.validator.digits import Expected, Wrong, correction, mismatches
from docsync.validator.readings import TOTAL, Among, Group, everyone, readings
from docsync.validator.scoping import Claim
from docsync.validator.subjects import Subject
from docsync.validator.wording import counted_out, listed, named, plain, pointers, verb, with_status


class Reading(Struct, frozen=True, dict=True, eq=False):
    """Hold one way to count a subject: the records in its state, and all of them; hundreds of claims may be held against it."""

    counted: Group
    everything: Group

    @cached_property
    def expected(self) -> Expected:
        """Give what a fraction or percentage of this reading holds."""
        count, total = Decimal(len(self.counted)), Decimal(len(self.everything))
        return Expected(count, total, 100 * count / total if total else None)

    @cached_property
    def lone(self) -> Expected:
        """Give what a number without a total holds."""
        return Expected(count=Decimal(len(self.counted)))

    @cached_property
    def places(self) -> tuple[Related, ...]:
        """Point at what was counted, or else at what there is."""
        return pointers(self.counted or self.everything[:1])

    @cached_property
    def names(self) -> str:
        """Name what was counted."""
        return listed(self.counted)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """Name, as evidence, what was counted and what was not."""
        inside = {id(record) for record in self.counted}
        rest = (with_status(record) for record in self.everything if id(record) not in inside)
        return (*counted_out("counted", map(with_status, self.counted)), *counted_out("not counted", rest))


def ways(project: Project, subject: Subject) -> Sequence[Reading]:
    """Give every way to count a subject that comes to other numbers, the plain one first."""
    everyone(project, subject.among)
    readings(project, subject.among, subject.state)
    return _ways(project, subject.among, subject.state)


@of_project
def _ways(project: Project, among: Among, state: str) -> Sequence[Reading]:
    totals = readings(project, among, TOTAL)
    found: dict[tuple[int, int], Reading] = {}
    for everything in totals[:1] if state == TOTAL else totals:
        for counted in readings(project, among, state):
            found.setdefault((len(counted), len(everything)), Reading(counted, everything))
    return tuple(found.values())


def compare(claim: Claim, subject: Subject) -> Finding | Confirmation:
    """Compare a number with its subject: it holds when any way to count it fits, else the plain one is reported."""
    quantity = claim.quantity
    ordered = ways(claim.project, subject)
    if any(not mismatches(quantity, _expected(quantity, way)) for way in ordered):
        return Confirmation(claim.document.path, (quantity.span,))
    return _finding(claim, subject, _likeliest(quantity, ordered))


def _expected(quantity: Quantity, way: Reading) -> Expected:
    return way.lone if quantity.total is None and quantity.percent is None else way.expected


def _likeliest(quantity: Quantity, ordered: Sequence[Reading]) -> Reading:
    """Take the first way whose total is the one that is claimed, so that a right total is left as it is."""
    total = quantity.total
    agreeing = (way for way in ordered if total is not None and total.admits(Decimal(len(way.everything))))
    return next(agreeing, ordered[0])


def _finding(claim: Claim, subject: Subject, way: Reading) -> Finding:
    quantity = claim.quantity
    wrong = mismatches(quantity, _expected(quantity, way))
    safety = Safety.SAFE if subject.certain else Safety.UNSAFE
    return Finding(
        claim.document.place(quantity.span),
        _said(quantity, subject, way, wrong),
        way.places,
        correction(claim.document.path, quantity, wrong, safety),
        Verdict.CONTRADICTED,
        help=f"`<!-- docsync:claim {_binding(quantity, subject)} -->` before the block keeps the number true",
        evidence=(f"compared with `{subject.expression}`: {subject.why}", *way.told),
        gist=f"{subject.expression} is {plain(wrong[0].number.value)}, not {plain(wrong[0].actual)}" if wrong else "",
    )


def _binding(quantity: Quantity, subject: Subject) -> str:
    """Give the expression that binds all of a number: a fraction or a percentage needs both of its facts."""
    return subject.expression if quantity.total is None and quantity.percent is None else subject.fraction


def _said(quantity: Quantity, subject: Subject, way: Reading, wrong: Sequence[Wrong]) -> str:
    percent = quantity.percent
    if percent is not None and [one.number for one in wrong] == [percent] and quantity.count is not None:
        share = plain((way.expected.percent or Decimal(0)).quantize(Decimal("0.1")))
        return f"says {plain(percent.value)}% for {_claimed(quantity, subject)}; that is {share}%"
    return f"says {_claimed(quantity, subject)}; {_actual(quantity, subject, way)}"


def written(quantity: Quantity) -> str:
    """Give a quantity's numbers in words: `5/19`, `5`, `26.3%`."""
    parts = [plain(number.value) for number in (quantity.count, quantity.total) if number]
    percent = f"{plain(quantity.percent.value)}%" if quantity.percent else ""
    return "/".join(parts) or percent


def _claimed(quantity: Quantity, subject: Subject) -> str:
    state = "" if subject.state == TOTAL else f" {subject.state.replace('_', ' ')}"
    return f"{written(quantity)} {subject.kind.plural}{state}{_within(subject)}"


def _within(subject: Subject) -> str:
    return f" in {named(subject.within)}" if subject.within else ""


def _actual(quantity: Quantity, subject: Subject, way: Reading) -> str:
    count, total = len(way.counted), len(way.everything)
    if subject.state == TOTAL:
        return f"there {verb(total)} {total}"
    whole = "" if quantity.total is not None and quantity.total.admits(Decimal(total)) else f" of {total}"
    ids = f": {way.names}" if way.counted else ""
    percent = f" ({plain(way.expected.percent)}%)" if quantity.count is None and way.expected.percent is not None else ""
    return f"{count}{whole} {verb(count)}{percent}{ids}"
