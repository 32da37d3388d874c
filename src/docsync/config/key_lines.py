"""On which line of a TOML file a key stands, which the standard library's reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

Key: TypeAlias = tuple[str | int, ...]

_PART: Final = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_DOTTED: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_LINE = re.compile(rf"[ \t]*(?:\[(?P<list>\[)?[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)")
_PARTS = re.compile(_PART)
_TOKEN = re.compile(
    r"\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*\"*\"\"\"|'''(?:[^']|'(?!''))*'*'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"
    r"|#[^\n]*|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)",
    re.DOTALL,
)


def key_lines(text: str) -> dict[Key, int]:
    """Map each table, list item and key of a valid TOML text to its line, from 1; keys inside inline tables are left out."""
    found: dict[Key, int] = {}
    table: Key = ()
    counts: dict[Key, int] = {}
    for line, match in _key_matches(text):
        if match["table"]:
            table = _numbered(_parts(match["table"]), counts, new=bool(match["list"]))
            found.setdefault(table, line)
        else:
            path = (*table, *_parts(match["key"]))
            for length in range(len(table) + 1, len(path) + 1):
                found.setdefault(path[:length], line)
    return found


def line_of(lines: Mapping[Key, int], key: Sequence[str | int]) -> int:
    """Give the line of a key, or of the nearest thing around it; 0 when none is known."""
    path = tuple(key)
    around = (
        min((line for known, line in lines.items() if known[:length] == path[:length]), default=0)
        for length in range(len(path), 0, -1)
    )
    return next((line for line in around if line), 0)


def _key_matches(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield each line that begins a table or a key, outside of lists and strings of several lines."""
    line, at, depth = 1, 0, 0
    if first := _LINE.match(text):
        yield line, first
        at = first.end()
    while token := _TOKEN.search(text, at):
        at = token.end()
        line += token[0].count("\n")
        depth = max(0, depth + bool(token["open"]) - bool(token["close"]))
        if token["end"] and depth == 0 and (begun := _LINE.match(text, at)):
            yield line, begun
            at = begun.end()


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PARTS.findall(dotted))


def _numbered(path: tuple[str, ...], counts: dict[Key, int], *, new: bool) -> Key:
    """Put each list's current index behind its name; `new` begins a further item."""
    if new:
        counts[path] = counts.get(path, -1) + 1
    numbered: list[str | int] = []
    for length in range(1, len(path) + 1):
        numbered.append(path[length - 1])
        if (index := counts.get(path[:length])) is not None:
            numbered.append(index)
    return tuple(numbered)
