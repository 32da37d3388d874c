"""Whether the numbers that are given for one quantity agree, and which of them the others contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.models.claims import Form, Number
from docsync.project.quantities import Stated

_HUNDRED: Final = Decimal(100)
_MOST: Final = 4
"""Of how many values at most: where there are more, the numbers are of things that the text does not tell apart."""

FEWEST: Final = 2
"""How many lines give a number of one quantity at least where there is anything to weigh."""

NumberOf: TypeAlias = Callable[[Stated], tuple[Decimal, Number]]
"""Give the number that is compared: its value, and how exact it claims to be."""


class Value(Struct, frozen=True):
    """Hold one of the values that are given, as it is compared, and every place that gives it."""

    value: Decimal
    number: Number
    places: tuple[Stated, ...]

    def admits(self, other: Value) -> bool:
        """Tell whether both may be the same number, rounded, cut off, approximate or open-ended."""
        return any(
            one.number.admits(value)
            for one, two in ((self, other), (other, self))
            for value in (two.value, two.number.upper)
            if value is not None
        )


class Disagreement(Struct, frozen=True):
    """Hold the values given for one quantity, the likeliest first; every other one contradicts it."""

    kind: str
    values: tuple[Value, ...]
    sure: bool = True

    @property
    def members(self) -> tuple[Stated, ...]:
        """Give every number that takes part."""
        return tuple(stated for value in self.values for stated in value.places)

    @property
    def likeliest(self) -> Value:
        """Give the value that the others are held against."""
        return self.values[0]


class Agreement(Struct, frozen=True):
    """Hold the numbers of at least two lines that are given for one quantity and can all be true."""

    kind: str
    members: tuple[Stated, ...]


def weigh(
    kind: str, members: Sequence[Stated], number_of: NumberOf, *, sure: bool = True
) -> Iterator[Disagreement | Agreement]:
    """Hold the numbers given for one quantity against each other; nothing where they may be of several things."""
    kept = _one_each_line(members)
    values: dict[Decimal, list[Stated]] = {}
    for stated in kept:
        values.setdefault(number_of(stated)[0], []).append(stated)
    if len(kept) < FEWEST or len(values) > _MOST:
        return
    found = [Value(value, number_of(places[0])[1], tuple(places)) for value, places in values.items()]
    found.sort(key=lambda value: (-len(value.places), -value.value))
    contradicting = [value for value in found[1:] if not found[0].admits(value) and not _is_rest(kind, found[0], value)]
    if not contradicting:
        yield Agreement(kind, tuple(kept))
    elif not _is_history(kept, number_of) and not _are_siblings(kept, number_of):
        yield Disagreement(kind, (found[0], *contradicting), sure)


def _one_each_line(members: Sequence[Stated]) -> list[Stated]:
    """Leave out the lines that give several numbers: they tell a before from an after, or one thing from another."""
    lines = Counter((stated.path, stated.line) for stated in members)
    return [stated for stated in members if lines[stated.path, stated.line] == 1]


def _is_history(members: Sequence[Stated], number_of: NumberOf) -> bool:
    """Tell whether numbers of the past only ever grow from top to bottom: that is how things went, not a contradiction."""
    moment = members[0].topic.moment
    if not moment or moment.startswith("item ") or members[0].quantity.total is None:
        return False
    values = [number_of(stated)[0] for stated in members]
    return values == sorted(values)


def _is_rest(kind: str, one: Value, other: Value) -> bool:
    return kind == "percent" and one.value + other.value == _HUNDRED


def _are_siblings(members: Sequence[Stated], number_of: NumberOf) -> bool:
    """Tell whether two rows of one table, or two lines that follow each other, give different values.

    They speak of different things, cases or times then, whatever both are called.
    """
    ordered = sorted(members, key=lambda stated: stated.place)
    return any(
        _beside(one, other) and number_of(one)[0] != number_of(other)[0]
        for one, other in pairwise(ordered)
        if one.path == other.path
    )


def _beside(one: Stated, other: Stated) -> bool:
    if one.quantity.form is Form.ROW and other.quantity.form is Form.ROW:
        here, there = one.quantity.scope, other.quantity.scope
        return here.headings == there.headings and here.lead == there.lead
    return other.line - one.line == 1 and one.quantity.form is other.quantity.form
