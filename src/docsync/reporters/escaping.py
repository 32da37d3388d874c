"""How text from documents is shown so that it can neither steer a terminal nor give a CI system orders."""

from __future__ import annotations

import re
from typing import Final

_STEERING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|##(?=\\[)"
)
"""Control characters, those that turn the direction of text around, line ends of other standards, halves of surrogate
pairs (from file names that are not UTF-8), and the start of an order of GitHub's older form, which works inside a line."""

_HALVES: Final = re.compile("[\ud800-\udfff]")


def escape(text: str) -> str:
    r"""Show every character that would act instead of being read by its escape, such as `\x1b`; a tab becomes `\t`."""
    return _STEERING.sub(_escaped, text)


def escape_path(path: str) -> str:
    """Show a path, which may start a line; there `::` would order GitHub Actions, also that of `:` and the colon after it."""
    shown = escape(path)
    return f"./{shown}" if shown.lstrip().startswith(":") else shown


def wellformed(text: str) -> str:
    """Give a text that every reader of JSON or XML takes: halves of surrogate pairs, from file names, become U+FFFD."""
    return _HALVES.sub("\ufffd", text)


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    if sign == "##":
        return "##\\"
    return sign.encode("unicode_escape").decode("ascii")
