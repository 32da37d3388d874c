"""What a written text, number, date or choice says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from docsync.models.kinds.bad_value import BadValue, shown
from docsync.models.nearness import meant

_NOTHING: Final = frozenset({"", "-", "–", "—", "?", "none", "null", "nil", "n/a", "na", "tbd", "tba"})
_NOTHING_WITH_NOTE = re.compile(r"(?:none|nothing|n/a|tbd)\b\s*(?:$|[(.,;:—–-])", re.IGNORECASE)
_WRAPPING = "*_`~ \t\r\n"
_NUMBER = re.compile(
    r"(?P<sign><=|>=|=<|=>|[<>≤≥~≈=])?\s{0,4}(?P<figure>[-+−]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,12})?)\+?"
    r"(?:\s{0,4}(?P<unit>[^\W\d_][^\d(),;]{0,24}|[%‰°$€£µμ][^\d(),;]{0,24}))?(?:\s{0,4}\([^()]{0,200}\))?"
)
_INTEGER = re.compile(r"(?:(?P<word>[^\W\d_]{1,30})[ -]|#)?(?P<figure>[-+]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18}))")
_TRUE: Final = frozenset({"true", "yes", "y", "on", "✅", "✓"})
_FALSE: Final = frozenset({"false", "no", "n", "off", "❌", "✗"})
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?[\d.:+Z -]{0,20})?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?,? (\d{4})", re.IGNORECASE)
_AFTER_DATE = re.compile(r"\s*(?:[(,;—–]|- |\Z)")


def is_nothing(text: str) -> bool:
    """Tell whether a value only says that there is none: `-`, `None`, `n/a`, `None (first of its kind)`."""
    return text.casefold() in _NOTHING or _NOTHING_WITH_NOTE.match(text) is not None


def bare(text: str) -> str:
    """Take emphasis, code signs and space off both ends."""
    return text.strip(_WRAPPING)


def scalar_text(value: object) -> str:
    """Give a scalar as the text that front matter would hold; raises BadValue for lists and mappings."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise BadValue(f"expected one value, found {'a list' if isinstance(value, list) else 'a mapping'}")


def read_text(value: object) -> str | None:
    """Read a text; a list's items are joined by commas."""
    if isinstance(value, list):
        return ", ".join(text for item in value if (text := scalar_text(item))) or None
    return scalar_text(value) or None


def read_texts(value: object) -> list[str]:
    """Read a list of texts; a lone text is a list of one, and one that says there is nothing is empty."""
    if isinstance(value, list):
        return [text for item in value if (text := _item_text(item))]
    text = scalar_text(value)
    return [] if is_nothing(bare(text)) else [text]


def _item_text(value: object) -> str:
    """Give a list's item; `- Latency: below 5 ms` is a mapping to YAML, and a text to whoever wrote it."""
    if isinstance(value, dict) and len(value) == 1:
        (key, inner), *_ = value.items()
        return f"{key}: {scalar_text(inner)}".strip()
    return scalar_text(value)


def read_identifier(value: object) -> str:
    """Read an id; raises BadValue when there is none."""
    text = bare(scalar_text(value))
    if not text:
        raise BadValue("the id is empty", code="DS101")
    return text


def read_integer(value: object, name: str = "") -> int | None:
    """Read a whole number; the field's own name may stand before it, as in `Wave 2`."""
    text = bare(scalar_text(value))
    if is_nothing(text):
        return None
    found = _INTEGER.fullmatch(text)
    if found is None or (found["word"] and found["word"].casefold() != name.casefold()):
        raise BadValue(f"expected a whole number, found {shown(text)}")
    return int(found["figure"].replace(",", ""))


class Figure(Struct, frozen=True):
    """Hold a number as written: its value, its unit and the sign before it, both empty where there is none."""

    value: int | float
    unit: str = ""
    sign: str = ""


def figure(text: str) -> Figure | None:
    """Read a number with its unit and sign, such as `< 200 ms`; None when the text is something else."""
    found = _NUMBER.fullmatch(bare(text))
    if found is None:
        return None
    digits = found["figure"].replace(",", "").replace("−", "-")
    return Figure(float(digits) if "." in digits else int(digits), (found["unit"] or "").strip(), found["sign"] or "")


def read_number(value: object) -> int | float | None:
    """Read a number without a unit."""
    text = bare(scalar_text(value))
    if is_nothing(text):
        return None
    found = figure(text)
    if found is None:
        raise BadValue(f"expected a number, found {shown(text)}")
    if found.unit or found.sign:
        raise BadValue(f"expected a plain number, found {shown(text)}", f"write {found.value}")
    return found.value


def read_boolean(value: object) -> bool | None:
    """Read a truth value: true or false, yes or no, on or off, ✅ or ❌."""
    text = bare(scalar_text(value)).replace("\ufe0f", "")
    if is_nothing(text):
        return None
    if text.casefold() in _TRUE | _FALSE:
        return text.casefold() in _TRUE
    raise BadValue(f"expected true or false, found {shown(text)}")


def read_date(value: object) -> str | None:
    """Read a date as ISO text: `2026-10-21`, `Oct 21, 2026`, `21 October 2026`; a time or a note after it is left out."""
    text = bare(scalar_text(value))
    if is_nothing(text):
        return None
    if (parts := _date_parts(text)) is None:
        raise BadValue(f"expected a date, found {shown(text)}", "write it as 2026-10-21")
    try:
        return date(*parts).isoformat()
    except ValueError as error:
        raise BadValue(f"no such day: {shown(text)}") from error


def _date_parts(text: str) -> tuple[int, int, int] | None:
    if found := _with_end(_ISO, text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _with_end(_MONTH_FIRST, text):
        month, day = found[1], found[2]
    elif found := _with_end(_DAY_FIRST, text):
        month, day = found[2], found[1]
    else:
        return None
    number = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(month.casefold())), None)
    return (int(found[3]), number, int(day)) if number else None


def _with_end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = pattern.match(text)
    return found if found and _AFTER_DATE.match(text, found.end()) else None


def read_choice(value: object, values: Iterable[str]) -> str | None:
    """Read one word of an enumeration, whatever its case and whether written with spaces, `-` or `_`."""
    text = bare(scalar_text(value))
    if is_nothing(text):
        return None
    known = {_folded(word): word for word in values}
    if (found := known.get(_folded(text))) is not None:
        return found
    raise BadValue(f"{shown(text)} is not one of {', '.join(known.values())}", meant(text, known.values()))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
