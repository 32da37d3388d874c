"""How many criteria a pass condition asks for."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Final

OVERALL: Final = "overall"
"""The name of the condition over all categories together."""

_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,6})?%")


def needed(condition: str, total: int) -> int:
    """Give how many of `total` criteria must be met; `condition` is `all`, `any`, a number or a percentage such as `80%`."""
    if condition == "all":
        return total
    if condition == "any":
        return min(1, total)
    if _PERCENT.fullmatch(condition):
        return math.ceil(Fraction(condition[:-1]) * total / 100)
    return int(condition)
