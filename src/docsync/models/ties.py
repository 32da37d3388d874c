"""What numbers of one document are tied to: their addends, the items they announce, the rows above them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from docsync.models.claims import Number, Scope
from docsync.text.spans import Span


class TieKind(StrEnum):
    """Name how a stated number follows from what stands near it."""

    ADDENDS = "addends"
    """Numbers beside it: `89 (23 + 28 + 38)`, or id ranges that it counts: `12 (R-10..21)`."""
    COLUMN = "column"
    """The rows above a total row."""
    CHILDREN = "children"
    """The counts in the headings or items right below: a part of 14 tasks, its waves of 3, 6 and 5."""
    ITEMS = "items"
    """What a heading, a lead-in or a table row announces and the document then lists: items, rows, checkboxes."""
    SPLIT = "split"
    """A total and the counts by state beside it: total 20, done 12, open 8."""
    SHARE = "share"
    """A percentage and the fraction that it is of."""
    OVERALL = "overall"
    """An overall percentage and those of the parts that stand in one list with it."""
    REPEATED = "repeated"
    """A duration of all the work and the others that the document gives for it, in minutes."""
    ROWS = "rows"
    """A fraction under a name and the rows of the one table in the section of that name."""


class Part(Struct, frozen=True, gc=False, array_like=True):
    """Hold one thing that a number follows from: where it is, how it reads, and what it adds.

    `high` differs from `value` where the part is itself a range or open-ended.
    """

    span: Span
    label: str
    value: Decimal
    high: Decimal


class Tie(Struct, frozen=True, gc=False, array_like=True):
    """Tie a stated number to what it follows from.

    `low` and `high` bound what the parts come to; for a share they are percents (0 to 100). `noun` is what is counted, as
    written. `sure` is false where the tie rests on an inference that can fail, so that a finding can only be info. `why`
    holds a sentence for each reason to take the two as the same.
    """

    kind: TieKind
    stated: Number
    span: Span
    parts: tuple[Part, ...]
    low: Decimal
    high: Decimal
    noun: str
    scope: Scope
    sure: bool = True
    why: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether the stated number can stand for what the parts come to."""
        return self.stated.admits(self.low) or self.stated.admits(self.high) or self._between()

    def _between(self) -> bool:
        return self.low <= self.stated.value <= self.high
