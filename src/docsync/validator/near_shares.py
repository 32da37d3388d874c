"""How gravely a percentage misses the share that counts give."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from docsync.models.claims import Number
from docsync.models.diagnostics import Severity

_POINT: Final = Decimal(1)


def gravity(stated: Number, actual: Decimal) -> Severity | None:
    """Give the rank of a wrong percentage, None for the rule's own.

    What misses by less than a point is mostly a share of slightly fewer, such as the tests that were not skipped.
    """
    return Severity.INFO if abs(stated.value - actual) < _POINT else None
