"""Which days a text names, and how ISO 8601 writes them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"""(?<![\w./-])(?:
      (?P<year>(?:19|20)\d\d)(?P<by>[-/.])(?P<month>\d{{1,2}})(?P=by)(?P<day>\d{{1,2}})(?!\d|[-/.]\d)
    | (?P<first>\d{{1,2}})(?P<sign>[/.])(?P<second>\d{{1,2}})(?P=sign)(?P<last>(?:19|20)\d\d)(?![\w/]|\.\d)
    | (?P<name>{_MONTH})\s(?P<of>{_DAY}),?\s(?P<in>(?:19|20)\d\d)(?!\w)
    | (?P<on>{_DAY})\.?\s(?:of\s)?(?P<named>{_MONTH}),?\s(?P<during>(?:19|20)\d\d)(?!\w)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPACT = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


class WrittenDate(Struct, frozen=True):
    """Hold a day as ISO text and where a text names it."""

    iso: str
    start: int
    end: int


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[WrittenDate]:
    """Give the days that a text names, in order; one that could be read in two ways (`03/04/2026`) is none."""
    end = len(text) if end is None else end
    if may_date(text, start, end):
        for found in _DATE.finditer(text, start, end):
            if iso := _iso(found):
                yield WrittenDate(iso, *found.span())


def may_date(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Tell, at little cost, whether a text can name a day at all."""
    if text.find("20", start, end) < 0 and text.find("19", start, end) < 0:
        return False
    return _YEAR.search(text, start, end) is not None


def date_in_name(name: str) -> str:
    """Give the day that a file's or folder's name holds (`2026-03-02`, `20260302`), empty where there is none."""
    for found in _COMPACT.finditer(name):
        if iso := _valid(*(int(part) for part in found.groups())):
            return iso
    return ""


def _iso(found: re.Match[str]) -> str:
    if found["year"]:
        return _valid(int(found["year"]), int(found["month"]), int(found["day"]))
    if found["first"]:
        return _numeric(int(found["first"]), int(found["second"]), int(found["last"]), dots=found["sign"] == ".")
    month, day, year = (found["name"], found["of"], found["in"]) if found["name"] else _named_last(found)
    return _valid(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day.rstrip("stndrhSTNDRH")))


def _named_last(found: re.Match[str]) -> tuple[str, str, str]:
    return found["named"], found["on"], found["during"]


def _numeric(first: int, second: int, year: int, *, dots: bool) -> str:
    """Read day and month in their only possible order; dots mean the day comes first."""
    if dots or first > len(_MONTHS) or first == second:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > len(_MONTHS) else ""


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
