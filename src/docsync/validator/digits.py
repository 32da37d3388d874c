"""How a number in a text is replaced by another in the same written form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from docsync.models.claims import Number, Quantity
from docsync.models.diagnostics import Change, Fix, Place, Safety

_TOKEN = re.compile(r"\d(?:[\d.,'_\u00a0\u202f ]*\d)?")
_SEPARATORS = re.compile(r"[.,'_\u00a0\u202f ]")
_HUNDRED = Decimal(100)


class Expected(Struct, frozen=True):
    """Hold what a quantity's numbers should be; None where nothing is known of one."""

    count: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None


class Wrong(Struct, frozen=True):
    """Hold a number that does not admit what it should be."""

    number: Number
    actual: Decimal


def mismatches(quantity: Quantity, expected: Expected) -> tuple[Wrong, ...]:
    """Give the numbers of a quantity that cannot stand for what is expected of them."""
    pairs = (
        (quantity.count, expected.count),
        (quantity.total, expected.total),
        (quantity.percent, expected.percent),
    )
    return tuple(
        Wrong(number, actual)
        for number, actual in pairs
        if number is not None and actual is not None and not number.admits(actual)
    )


def correction(path: str, quantity: Quantity, wrong: Iterable[Wrong], safety: Safety) -> Fix | None:
    """Offer to replace the digits of wrong numbers; None where one is a range, whose two ends nothing tells."""
    kept = tuple(wrong)
    if not kept or any(one.number.upper is not None for one in kept):
        return None
    changes = tuple(Change(Place(path, one.number.span), rewrite(one.number, quantity.text, one.actual)) for one in kept)
    return Fix(f"write {' and '.join(change.text for change in changes)}", safety, changes)


def rewrite(number: Number, text: str, value: Decimal) -> str:
    """Write `value` as `number` is written in `text`: its decimals, thousands separators and leading zeros."""
    token = _token(number, text)
    whole, _, decimals = f"{rounded(value, number.places):,f}".partition(".")
    separator, mark = _marks(token, number.places)
    written = whole.replace(",", separator) + (mark + decimals if decimals else "")
    return written.zfill(len(token)) if token.startswith("0") and not number.places and len(token) > 1 else written


def rounded(value: Decimal, places: int) -> Decimal:
    """Round to a number of decimals, but never up to a hundred: what is nearly done must not be called done."""
    step = Decimal(1).scaleb(-places)
    nearest = value.quantize(step, ROUND_HALF_UP)
    return nearest - step if nearest == _HUNDRED and value < _HUNDRED else nearest


def _token(number: Number, text: str) -> str:
    """Find the number as written; its digits alone where the text does not hold it."""
    digits = f"{number.value:.{number.places}f}".replace(".", "")
    for found in _TOKEN.finditer(text):
        if len(found[0]) == len(number.span) and _SEPARATORS.sub("", found[0]).lstrip("0") == digits.lstrip("0"):
            return found[0]
    return f"{number.value:.{number.places}f}"


def _marks(token: str, places: int) -> tuple[str, str]:
    """Give the thousands separator and the decimal mark of a written number."""
    whole, mark = (token[: -places - 1], token[-places - 1]) if places else (token, "")
    found = _SEPARATORS.search(whole)
    return (found[0] if found else ""), mark
