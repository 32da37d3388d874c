"""How numbers of a history are written, for people and for programs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from docsync.project.series import Reading

_WHOLE = Decimal(100)


def amount(value: Decimal) -> str:
    """Write a number without an exponent and trailing zeros."""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value.normalize():f}"


def plain(value: Decimal | None) -> int | float | None:
    """Give a number as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def percent(reading: Reading) -> int | None:
    """Give a share rounded to a whole number, 100 only where nothing is left."""
    share = reading.percent
    if share is None:
        return None
    rounded = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return min(rounded, 99) if share < _WHOLE else rounded


def spoken(reading: Reading | None) -> str:
    """Write a reading as documents do: `7/19 (37%)`, or a plain number."""
    if reading is None or reading.value is None:
        return ""
    if reading.total is None:
        return amount(reading.value)
    share = percent(reading)
    return f"{amount(reading.value)}/{amount(reading.total)}" + (f" ({share}%)" if share is not None else "")


def remaining(reading: Reading | None) -> str:
    """Write what is left of what there is."""
    if reading is None or reading.left is None or reading.total is None:
        return spoken(reading)
    return f"{amount(reading.left)} of {amount(reading.total)}"
