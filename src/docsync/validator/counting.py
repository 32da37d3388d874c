"""What a number should be when its subject is counted, and how the two are told apart in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Safety, Verdict
from docsync.project.index import Project
from docsync.validator.digits import Expected, Wrong, correction, mismatches
from docsync.validator.readings import TOTAL, Group, readings
from docsync.validator.scoping import Claim
from docsync.validator.subjects import Subject
from docsync.validator.wording import counted_out, listed, named, plain, pointers, verb, with_status


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one way to count a subject: the records in its state, and all of them."""

    counted: Group
    everything: Group

    @property
    def expected(self) -> Expected:
        """Give what a fraction or percentage of this reading holds."""
        count, total = Decimal(len(self.counted)), Decimal(len(self.everything))
        return Expected(count, total, 100 * count / total if total else None)

    @property
    def lone(self) -> Expected:
        """Give what a number without a total holds."""
        return Expected(count=Decimal(len(self.counted)))


def ways(project: Project, subject: Subject) -> Iterator[Reading]:
    """Give every way to count a subject, the plain one first."""
    totals = readings(project, subject.among, TOTAL)
    for everything in totals[:1] if subject.state == TOTAL else totals:
        for counted in readings(project, subject.among, subject.state):
            yield Reading(counted, everything)


def compare(claim: Claim, subject: Subject) -> Finding | Confirmation:
    """Compare a number with its subject: it holds when any way to count it fits, else the plain one is reported."""
    quantity = claim.quantity
    ordered = list(ways(claim.project, subject))
    if any(not mismatches(quantity, _expected(quantity, way)) for way in ordered):
        return Confirmation(claim.document.place(quantity.span))
    return _finding(claim, subject, _likeliest(quantity, ordered))


def _expected(quantity: Quantity, way: Reading) -> Expected:
    return way.lone if quantity.total is None and quantity.percent is None else way.expected


def _likeliest(quantity: Quantity, ordered: list[Reading]) -> Reading:
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
        pointers(way.counted or way.everything[:1]),
        correction(claim.document.path, quantity, wrong, safety),
        Verdict.CONTRADICTED,
        help=f"`<!-- docsync:claim {subject.expression} -->` before the block keeps the number true",
        evidence=(f"compared with `{subject.expression}`: {subject.why}", *_counted(way)),
        gist=f"{subject.expression} is {plain(wrong[0].number.value)}, not {plain(wrong[0].actual)}" if wrong else "",
    )


def _said(quantity: Quantity, subject: Subject, way: Reading, wrong: Sequence[Wrong]) -> str:
    percent = quantity.percent
    if percent is not None and [one.number for one in wrong] == [percent] and quantity.count is not None:
        share = plain((way.expected.percent or Decimal(0)).quantize(Decimal("0.1")))
        return f"says {plain(percent.value)}% for {_claimed(quantity, subject)}; that is {share}%"
    return f"says {_claimed(quantity, subject)}; {_actual(quantity, subject, way)}"


def _counted(way: Reading) -> Iterator[str]:
    """Name what was counted and what was not."""
    yield from _counts(_Alike(way.counted), _Alike(way.everything))


@lru_cache(maxsize=64)
def _counts(counted: _Alike, everything: _Alike) -> tuple[str, ...]:
    """Name them once for all claims that count the same: a list of thousands takes long to write."""
    inside = {id(record) for record in counted.group}
    rest = (with_status(record) for record in everything.group if id(record) not in inside)
    return (*counted_out("counted", map(with_status, counted.group)), *counted_out("not counted", rest))


class _Alike:
    """Hold a group that is equal to itself alone, since to compare thousands of records takes longer than to list them."""

    __slots__ = ("group",)

    def __init__(self, group: Group) -> None:
        self.group = group

    def __hash__(self) -> int:
        return id(self.group)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike) and self.group is other.group


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
    ids = f": {listed(way.counted)}" if way.counted else ""
    percent = f" ({plain(way.expected.percent)}%)" if quantity.count is None and way.expected.percent is not None else ""
    return f"{count}{whole} {verb(count)}{percent}{ids}"
