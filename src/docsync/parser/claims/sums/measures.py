"""What one cell or bracket measures: its bounds, its unit, and the whole that it is part of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.claims import Number
from docsync.parser.claims.numbers import NUMBER
from docsync.parser.masking import mask
from docsync.text.spans import Span

UNBOUNDED: Final = Decimal(10) ** 12
"""Stands for no upper end."""

MINUTES: Final = "minute"
PERCENT: Final = "%"

_SIGN = r"(?P<sign>[+\-−–](?=[\d$€£]))?"
_UNIT = r"%|[A-Za-zµ][A-Za-zµ.]*(?:[ -][A-Za-z]+){0,2}"
_MEASURE = re.compile(
    rf"""
    [^\w\s$€£~≈<>≤≥+−–(-]{{0,4}}\s*
    (?P<near>[~≈]\s?|(?:about|approx\.?|around|circa)\s)?
    (?P<bound>[<>≤≥]=?\s?)?{_SIGN}
    (?P<money>[$€£])?
    (?P<value>{NUMBER})(?P<scale>[kKM](?![A-Za-z]))?(?P<more>\+)?
    (?:\s?(?:[-–—]|to)\s?[$€£]?(?P<upper>{NUMBER})(?P<scale2>[kKM](?![A-Za-z]))?
      | \s?/\s?(?P<whole>{NUMBER}))?
    (?P<plus>\+)?
    \s?(?P<unit>{_UNIT})?(?P<after>\+)?
    """,
    re.VERBOSE,
)
_COMPOUND = re.compile(
    r"\W{0,4}(?P<near>[~≈]\s?)?(?P<hours>\d{1,4})\s?h(?:ours?|rs?)?[ ,]?\s?(?:and )?(?P<minutes>\d{1,2})\s?m(?:in(?:ute)?s?)?\b"
)
_REST = re.compile(r"[^\w(]*(?:\((?P<remark>[^()]*)\)[^\w(]*)?$")
_NOTHING = re.compile(r"\s*(?:[-–—]{1,3}|n/?a|none|nil|✗|❌)?\s*(?:\([^()]*\))?\s*", re.IGNORECASE)
_TIMES: Final = {
    "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60, "min": 1, "mins": 1, "minute": 1, "minutes": 1,
}  # fmt: skip
_SHORT_TIMES: Final = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "second"),
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds"), "millisecond"),
}
"""Times that are not added to minutes, nor to each other."""
_SCALES = {None: Decimal(1), "k": Decimal(1000), "K": Decimal(1000), "M": Decimal(1000000)}
_TENTH = Decimal("0.1")


class Measure(Struct, frozen=True):
    """Hold one measure: `low` and `high` in the unit `unit`, of which the number as written counts `factor`.

    `whole` is the second number of a fraction. `unit` is a singular in lower case, `%`, a currency, `minute` for hours and
    minutes, or empty; `remark` is what stands in brackets after it; `at_most` tells of a bound from above (`<10`), and
    `signed` of a `+` or `-` before it.
    """

    number: Number
    low: Decimal
    high: Decimal
    unit: str = ""
    factor: Decimal = Decimal(1)
    whole: Number | None = None
    remark: str = ""
    at_most: bool = False
    signed: bool = False


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is none: empty, a dash, `N/A`."""
    return _NOTHING.fullmatch(mask(text)) is not None


def measure(text: str, offset: int) -> Measure | None:
    """Read a whole text, which stands at `offset` of the file, as one measure."""
    masked = mask(text)
    if found := _COMPOUND.match(masked):
        rest = _REST.match(masked, found.end())
        return _compound(found, offset, (rest["remark"] or "") if rest else "") if rest else None
    found = _MEASURE.match(masked)
    rest = _REST.match(masked, found.end()) if found else None
    return _measure(found, offset, rest["remark"] or "") if found and rest else None


def _compound(found: re.Match[str], offset: int, remark: str) -> Measure:
    value = Decimal(found["hours"]) * 60 + Decimal(found["minutes"])
    span = Span(offset + found.start("hours"), offset + found.end())
    number = Number(value, span, approximate=bool(found["near"]))
    return Measure(number, *_bounds(number), MINUTES, remark=remark)


def _measure(found: re.Match[str], offset: int, remark: str) -> Measure | None:
    scale = _SCALES[found["scale"] or found["scale2"]]
    value = _value(found["value"]) * scale
    if found["sign"] in ("-", "−", "–"):
        value = -value
    upper = _value(found["upper"]) * scale if found["upper"] else None
    if (upper is not None and upper < value) or (found["money"] and found["whole"]):
        return None  # `$0.80/10M` is a price
    places = len(found["value"].partition(".")[2])
    number = Number(
        value,
        Span(offset + found.start("value"), offset + found.end("upper" if upper is not None else "value")),
        places if scale == 1 else min(places - len(str(scale)) + 1, 0),
        approximate=bool(found["near"]),
        at_least=bool(found["more"] or found["plus"] or found["after"]) or (found["bound"] or "")[:1] in (">", "≥"),
        upper=upper,
    )
    whole = _whole(found, offset)
    unit, factor = _unit(found["unit"] or "", found["money"] or "")
    low, high = _bounds(number)
    at_most = (found["bound"] or "")[:1] in ("<", "≤")
    if at_most:
        low = Decimal(0)
    return Measure(number, low * factor, high * factor, unit, factor, whole, remark, at_most, found["sign"] is not None)


def _whole(found: re.Match[str], offset: int) -> Number | None:
    if not found["whole"]:
        return None
    places = len(found["whole"].partition(".")[2])
    return Number(_value(found["whole"]), Span(offset + found.start("whole"), offset + found.end("whole")), places)


def _value(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _bounds(number: Number) -> tuple[Decimal, Decimal]:
    """Give what a number may stand for: a tenth around `~N`, half of the last decimal around a rounded one."""
    low, high = number.value, number.value if number.upper is None else number.upper
    slack = Decimal(5).scaleb(-number.places - 1) if number.places else Decimal(0)
    if number.approximate:
        slack = max(slack, abs(high) * _TENTH)
    return low - slack, UNBOUNDED if number.at_least else high + slack


def _unit(written: str, money: str) -> tuple[str, Decimal]:
    word = written.lower().rstrip(".")
    if word in _TIMES:
        return MINUTES, Decimal(_TIMES[word])
    return money or _SHORT_TIMES.get(word) or singular(word), Decimal(1)


def singular(word: str) -> str:
    """Give the singular of a counted noun in lower case: `story` for `stories`, `test` for `tests`."""
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def plural(word: str) -> str:
    """Give the plural of a counted noun in lower case, `passed` and the like left as they are."""
    if not word.isalpha() or word.endswith("ed"):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
