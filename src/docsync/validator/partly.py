"""Which of the parts that a report names is meant by a path, or by a word such as `auth`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docsync.models.reports import Figures, Part, stem

_MODULES: Final = ("test_{}", "{}_test", "{}.test", "{}.spec", "test{}", "tests_{}", "{}_tests")
_SUITES: Final = ("{}", "{} tests", "{}-tests", "{} test suite", "{}_tests")


def part_of(name: str, parts: Sequence[Part]) -> Figures | None:
    """Give the figures of what a name means; None where a report does not name it, or where it may be one or another."""
    found = _by_path(name, parts) if "/" in name or stem(name) != name else _by_word(name.casefold(), parts)
    return sum((part.figures for part in found), Figures()) if found else None


def _by_path(name: str, parts: Sequence[Part]) -> list[Part]:
    """Find a folder or file by its whole path, or by the end of it where that is the only one."""
    wanted = f"/{stem(name.strip('/'))}/"
    whole = [part for part in parts if f"/{part.file}/".startswith(wanted)]
    if whole:
        return whole
    within = [(f"/{part.file}/".find(wanted), part) for part in parts]
    before = {part.file[:at] for at, part in within if at >= 0}
    return [part for at, part in within if at >= 0] if len(before) == 1 else []


def _by_word(word: str, parts: Sequence[Part]) -> list[Part]:
    modules = {form.format(word) for form in _MODULES}
    names = {form.format(word) for form in _SUITES}
    ways = (
        [part for part in parts if word in part.file.casefold().split("/")],
        [part for part in parts if not modules.isdisjoint(part.file.casefold().split("/"))],
        [part for part in parts if not names.isdisjoint(suite.casefold() for suite in part.suites)],
    )
    found = [way for way in ways if way]
    return found[0] if found and all(way == found[0] for way in found) else []
