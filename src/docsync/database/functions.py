"""Which functions a query may call: those that only compute, in time that grows no faster than their arguments.

Some of SQLite's own search byte by byte for each byte, which a query of one line can make take hours, and no time limit
reaches into them; in their place stand ours. Those that read the clock stand under a rule of their own, since what a region
shows must follow from the documents alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias

from docsync.database.failures import QueryError

_Value: TypeAlias = "str | int | float | bytes | None"

MOST_TRIMMED: Final = 100
"""So many characters at most may be named to be trimmed off."""

CLOCK: Final = ("current_date", "current_time", "current_timestamp", "random")
DATES: Final = ("date", "time", "datetime", "julianday", "unixepoch", "strftime")

_DIGITS = re.compile(r"[0-9]+")
_SORTED: Final = 200
"""So many characters of a text are looked through for numbers when it is sorted."""

_PLAIN: Final = (
    "natsort",
    *("abs", "char", "coalesce", "glob", "hex", "ifnull", "iif", "instr", "length", "like", "likelihood", "likely", "lower"),
    *("ltrim", "max", "min", "nullif", "octet_length", "quote", "replace", "round", "rtrim", "sign", "substr", "substring"),
    *("trim", "typeof", "unicode", "unlikely", "upper", "concat", "concat_ws", "format", "printf", "if"),
    *("avg", "count", "group_concat", "string_agg", "sum", "total", "median"),
    *("row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value"),
    *("nth_value", "json", "json_array", "json_array_length", "json_extract", "json_group_array", "json_group_object"),
    *("json_object", "json_quote", "json_type", "json_valid", "json_remove", "json_set", "json_insert", "json_replace"),
    *("json_patch", "json_each", "json_tree", "->", "->>"),
    *("ceil", "ceiling", "floor", "trunc", "mod", "pow", "power", "sqrt", "exp", "ln", "log", "log10", "log2", "pi"),
)
ALLOWED: Final = frozenset({*_PLAIN, *DATES, *CLOCK})
"""Left out are those that load code, write files, build blobs of any size, or tell of the library itself."""


class Functions:
    """Stand in for some functions of a connection, and remember why one of them refused; SQLite would not say."""

    def __init__(self, connection: sqlite3.Connection, *, timeless: bool) -> None:
        self.refusal = ""
        # What computes for us stands on a connection of its own, which holds nothing.
        self._apart = sqlite3.connect(":memory:")
        for name, count, stand_in in (("natsort", 1, _natsort), ("instr", 2, _instr), ("replace", 3, _replace), *_TRIMS):
            self._put(connection, name, count, stand_in)
        for name in DATES if timeless else ():
            self._put(connection, name, -1, partial(self._date, name))

    def close(self) -> None:
        """Let go of what computes apart."""
        self._apart.close()

    def _put(self, connection: sqlite3.Connection, name: str, count: int, stand_in: Callable[..., _Value]) -> None:
        def guarded(*arguments: _Value) -> _Value:
            try:
                return stand_in(*arguments)
            except QueryError as error:
                self.refusal = str(error)
                raise

        connection.create_function(name, count, guarded, deterministic=True)

    def _date(self, name: str, *arguments: _Value) -> _Value:
        """Compute with dates, but for today's: it changes while the documents stay the same."""
        moment = arguments[1:] if name == "strftime" else arguments
        words = {one.strip().casefold() for one in arguments if isinstance(one, str)}
        if not moment or words & {"now", "localtime", "utc"}:
            raise QueryError(f"{name}() reads the clock, and a region shows what the documents say; name a date")
        signs = ", ".join("?" * len(arguments))
        found: Any = self._apart.execute(f"select {name}({signs})", arguments).fetchone()[0]  # one of DATES
        value: _Value = found
        return value


def _natsort(value: _Value) -> _Value:
    """Give what a text is sorted by so that H2 comes before H10: each number in it with the count of its digits before it.

    A collation would be asked about each two texts, in one step of SQLite's machine, where no limit of time reaches it.
    """
    if not isinstance(value, str):
        return value
    return _DIGITS.sub(_counted, value[:_SORTED].casefold()) + value[_SORTED:]


def _counted(digits: re.Match[str]) -> str:
    number = digits[0].lstrip("0")
    return f"{len(number):03}{number}"


def _instr(text: _Value, part: _Value) -> _Value:
    return None if text is None or part is None else _text(text).find(_text(part)) + 1


def _replace(text: _Value, part: _Value, by: _Value) -> _Value:
    if text is None or part is None or by is None:
        return None
    whole, old, new = _text(text), _text(part), _text(by)
    if not old:
        return whole
    if len(whole) + whole.count(old) * (len(new) - len(old)) > LONGEST:
        raise QueryError(f"replace() gives a text of over {LONGEST:,} characters")
    return whole.replace(old, new)


def _trimmed(strip: Callable[[str, str], str], text: _Value, signs: _Value) -> _Value:
    if text is None or signs is None:
        return None
    if len(_text(signs)) > MOST_TRIMMED:
        raise QueryError(f"a trim names over {MOST_TRIMMED} characters")
    return strip(_text(text), _text(signs))


_TRIMS: Final = (
    ("trim", 2, partial(_trimmed, str.strip)),
    ("ltrim", 2, partial(_trimmed, str.lstrip)),
    ("rtrim", 2, partial(_trimmed, str.rstrip)),
)
LONGEST: Final = 1_000_000
"""In characters or bytes: the longest text that a query may build."""


def _text(value: _Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
