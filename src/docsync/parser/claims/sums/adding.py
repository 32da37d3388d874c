"""What measures come to when they are added, in the unit of the number that states their sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Number, Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.sums.measures import PERCENT, UNBOUNDED, Measure
from docsync.text.spans import Span

_HALF = Decimal("0.5")
_MOST_MISSING = Decimal("0.6")
"""Parts that come to less than this share of a total may be only some of its parts."""


class Addend(Struct, frozen=True):
    """Hold a measure that is added with the label that it stands under."""

    measure: Measure
    label: str


def unit_of(stated: Measure, addends: Sequence[Addend]) -> str | None:
    """Give the unit in which a sum and its parts can be compared; None where they differ.

    A unit that only the total names, or only its parts, is that of both.
    """
    parts = {_counted(addend.measure.unit) for addend in addends if addend.measure.unit}
    if len(parts) > 1:
        return None
    unit = next(iter(parts), "")
    if unit and stated.unit and _counted(stated.unit) != unit:
        return None
    return unit or stated.unit


def added(stated: Measure, addends: Sequence[Addend], like: Tie) -> Tie:
    """Tie a stated number to the sum of its addends; kind, noun, scope and reasons are those of `like`."""
    factor = _factor(stated, addends)
    slack = _HALF * len(addends) if stated.unit == PERCENT else Decimal(0)
    parts = tuple(_part(addend) for addend in addends)
    low = sum((addend.measure.low for addend in addends), -slack) / factor
    high = min(sum((addend.measure.high for addend in addends), slack) / factor, UNBOUNDED)
    tie = replace(like, stated=stated.number, span=stated.number.span, parts=parts, low=low, high=high)
    return tie if like.kind is TieKind.SPLIT or _is_sum(tie, stated, addends) else replace(tie, sure=False)


def _is_sum(tie: Tie, stated: Measure, addends: Sequence[Addend]) -> bool:
    """Tell whether a number can be meant as the sum of all that is added.

    It cannot when much is missing, when `N+` says that more is than is told, and when one part alone is larger.
    """
    parts = [addend.measure for addend in addends]
    if tie.high < tie.stated.value:
        return not tie.stated.at_least and tie.high >= tie.stated.value * _MOST_MISSING
    return all(part.low < 0 for part in parts) or max(part.low for part in parts) <= stated.high


def blank(kind: TieKind, noun: str, scope: Scope, *why: str) -> Tie:
    """Give a tie of nothing yet, for `added` to fill."""
    nothing = Number(Decimal(0), Span(0, 0))
    return Tie(kind, nothing, nothing.span, (), nothing.value, nothing.value, noun, scope, why=why)


def _factor(stated: Measure, addends: Sequence[Addend]) -> Decimal:
    """Give what the stated number is to be multiplied by to be in the unit of its parts.

    A number without a unit is in that of its parts, and parts without one are in that of the number.
    """
    units = {addend.measure.unit for addend in addends}
    if not stated.unit:
        return max((addend.measure.factor for addend in addends), default=Decimal(1))
    return stated.factor if stated.unit in units else Decimal(1)


def _part(addend: Addend) -> Part:
    number = addend.measure.number
    high = number.value if number.upper is None else number.upper
    return Part(number.span, addend.label, number.value, UNBOUNDED if number.at_least else high)


def _counted(unit: str) -> str:
    """Give the head of a counted noun: `error` of `import error`."""
    return unit.rsplit(" ", 1)[-1]
