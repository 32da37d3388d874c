"""Whether a number and what it was tied to lie so far apart that they are hardly about the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from docsync.models.ties import Tie, TieKind

_FAR: Final = Decimal("1.75")
_CLOSE: Final = 2
_FEW: Final = 5


def is_misread(tie: Tie) -> bool:
    """Tell whether it is likelier that something else was counted than that the number is wrong.

    People are wrong by one item, two or a fifth. What is off by more is still a contradiction where much was counted of
    what a heading names; but `2 tasks` above forty ids speaks of two among them, and addends that come to many times
    their total belong to another number. So does what can only be counted as anything between ten and a thousand.
    """
    if tie.kind is TieKind.ITEMS:
        return _is_vague(tie) or (tie.stated.value <= _FEW and _is_far(tie))
    return tie.kind is TieKind.ADDENDS and _is_far(tie)


def _is_far(tie: Tie) -> bool:
    stated = tie.stated.value
    nearest = tie.low if stated < tie.low else tie.high
    smaller, larger = sorted((stated, nearest))
    return larger - smaller > _CLOSE and larger > _FAR * smaller


def _is_vague(tie: Tie) -> bool:
    return tie.high > 2 * tie.low
