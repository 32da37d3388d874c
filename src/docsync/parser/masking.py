"""What of a text is prose: the same text with code, targets of links and struck-out words blanked, offset for offset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

HIDDEN: Final = "\0"
"""Stands for each character that is not prose; no file that is read holds one."""

_CODE = re.compile(r"`[^`]*`")
_RUN = re.compile(r"`+")
_PLAIN_CODE = re.compile(
    r"[~≈]?\d[\d.,]*\+?%?(?: ?/ ?\d[\d.,]*)?(?: \(\d[\d.]*%\))?"
    r"|#?[A-Z]{0,8}(?:-[A-Z0-9]{1,8}){0,3}-?\d[\d.]*[A-Za-z]?"
)
_LONGEST_PLAIN = 40
_HIDDEN = re.compile(
    r"\]\([^()\n]*\)"  # the target of a link
    r"|https?://[^\s)>\]]+"
    r"|<[^<>\n]{1,400}>"  # a tag, an inline comment, a link in angle brackets
    r"|~~[^~]+~~"
)
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")


@lru_cache(maxsize=1 << 13)
def mask(text: str) -> str:
    """Blank what is not prose; emphasis signs become spaces, and code that is only a number or an id is kept."""
    if "`" in text:
        text = _without_code(text)
    if "<" in text or "](" in text or "://" in text or "~~" in text:
        text = _HIDDEN.sub(lambda found: HIDDEN * len(found[0]), text)
    if "_" in text:
        text = _UNDERSCORES.sub(lambda found: " " * len(found[0]), text)
    return text.replace("*", " ")


def _without_code(text: str) -> str:
    parts: list[str] = []
    at = 0
    for start, end, fence in code_spans(text):
        inner = text[start + fence : end - fence]
        parts.append(text[at:start])
        if len(inner) <= _LONGEST_PLAIN and _PLAIN_CODE.fullmatch(inner.strip()):
            parts.append(" " * fence + inner + " " * fence)
        else:
            parts.append(HIDDEN * (end - start))
        at = end
    parts.append(text[at:])
    return "".join(parts)


def code_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Give each code span's start, end and length of its fence: a run of backticks up to the next run of that length."""
    if "``" not in text:  # then each is fenced by one, and the first closes it
        yield from ((found.start(), found.end(), 1) for found in _CODE.finditer(text))
        return
    runs = [found.span() for found in _RUN.finditer(text)]
    following: dict[int, int] = {}
    closing = [-1] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing[index] = following.get(length, -1)
        following[length] = index
    index = 0
    while index < len(runs):
        close = closing[index]
        if close >= 0:
            yield runs[index][0], runs[close][1], runs[index][1] - runs[index][0]
            index = close
        index += 1
