"""How much work a record is estimated to take, in numbers that can be added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from docsync.models.records import Record

_NUMBER: Final = r"(\d+(?:[.,]\d+)?)"
_ESTIMATE = re.compile(rf"[~≈]?\s*{_NUMBER}(?:\s*(?:-|–|to)\s*{_NUMBER})?\s*([a-z]*)\b.*", re.IGNORECASE | re.DOTALL)
_HOURS: Final[Mapping[str, Decimal]] = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), Decimal(1) / 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), Decimal(1)),
    **dict.fromkeys(("d", "day", "days"), Decimal(8)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), Decimal(40)),
}
"""Working time: a day has 8 hours, a week 5 days."""


def weights(records: Iterable[Record]) -> dict[str, Decimal]:
    """Give each record's estimate by id; where one has none, or their units cannot be added, each weighs one."""
    return weights_by({record.id: record for record in records})


def weights_by(records: Mapping[str, Record]) -> dict[str, Decimal]:
    """Give the same by any other name of each record: ids that two of them share would merge these."""
    estimates = {key: estimate(record) for key, record in records.items()}
    units = {found[1] for found in estimates.values() if found}
    if len(units) > 1:
        return dict.fromkeys(estimates, Decimal(1))
    amounts = {key: found[0] for key, found in estimates.items() if found}
    return amounts if len(amounts) == len(estimates) else dict.fromkeys(estimates, Decimal(1))


def estimate(record: Record) -> tuple[Decimal, str] | None:
    """Read a record's `estimate`: its amount and unit, working time in hours; the middle of a range."""
    return amount(record.text("estimate"))


def amount(text: str) -> tuple[Decimal, str] | None:
    """Read an estimate as it is written."""
    found = _ESTIMATE.fullmatch(text.strip())
    if found is None:
        return None
    low = Decimal(found[1].replace(",", "."))
    middle = (low + Decimal(found[2].replace(",", "."))) / 2 if found[2] else low
    unit = found[3].casefold()
    return (middle * _HOURS[unit], "hours") if unit in _HOURS else (middle, unit.removesuffix("s"))
