"""Whether a group's items are what a noun counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docsync.parser.claims.items.layout import Group
from docsync.parser.claims.items.shapes import MANY, Item, Shape

NUMBERED: Final = "they are numbered"
"""The reason that holds for whatever noun: who numbers things counts them."""

_FILES: Final = frozenset(
    """
    files documents docs scripts modules schemas migrations templates guides specs specifications configs workflows readmes
    pages reports notebooks manifests
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_CODE: Final = frozenset(
    """
    tests scenarios cases methods functions classes fields endpoints commands tables columns parameters options flags hooks
    types enums modules packages services components panels routes properties variables models keys tools queries jobs
    events interfaces plugins fixtures helpers attributes settings constants
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_WORK: Final = frozenset(
    """
    tasks items criteria steps checks boxes checkboxes requirements subtasks todos issues actions deliverables points
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_NAMED: Final = _WORK | frozenset(
    """
    holes decisions risks bugs stories workstreams phases gates milestones features gaps questions blockers epics
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_MEASURED: Final = frozenset(
    """
    lines instances occurrences loc words users developers people warnings errors failures violations samples agents workers
    sources locations entries calls records rows requests instantiations conversions occurrences commits files tests classes
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_EXPRESSION = re.compile(r"[^`]*`[^`]*\s(?:in|is|not|and|or|==|!=|[<>]=?|\+)\s[^`]*`")
_NUMBERED_HEADING = re.compile(r"\W*(?:\d{1,2}[.):]|[A-Z]{1,4}-?\d{1,3}\b|[A-Z][a-z]+\s#?\d{1,3}\b)")


def fits(noun: str, group: Group) -> str:
    """Say why a group's items are what `noun` counts; empty where there is no reason."""
    items = group.items
    if not items:
        return ""
    shapes = {item.shape for item in items}
    if len(shapes) == 1:
        return _by_shape(noun, next(iter(shapes)), items) or _by_form(noun, group)
    if noun in _FILES and shapes <= {Shape.FILE, Shape.CODE} and group.kind != "fence":
        return ""
    return _by_form(noun, group)


def speaks_of(noun: str, title: str) -> bool:
    """Tell whether a noun can mean what a title names: `Stages (4 jobs)` speaks of jobs, and lists stages."""
    return not title or noun in _WORK or singular(noun) == singular(title)


def is_measured(noun: str) -> bool:
    """Tell whether what a noun counts seldom stands in a list, one thing an item: lines, users, tests."""
    return noun in _MEASURED


def highest(reason: str, items: Sequence[Item]) -> int:
    """Give how many things items may stand for at most; what is numbered is one thing whatever it joins."""
    if reason == NUMBERED:
        return sum(item.high if item.high >= MANY else 1 for item in items)
    return sum(item.high for item in items)


def singular(noun: str) -> str:
    """Give the singular of a plural noun, near enough for comparing."""
    if noun == "criteria":
        return "criterion"
    return noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _by_shape(noun: str, shape: Shape, items: Sequence[Item]) -> str:
    if shape is Shape.COMMIT:
        return "each begins with a commit" if noun == "commits" else ""
    if shape is Shape.FILE:
        return "each is a file" if noun in _FILES else ""
    if shape is Shape.CODE:
        return "each is a name in code" if noun in _CODE and all(map(_is_named, items)) else ""
    if shape is Shape.ID:
        return _by_family(noun, items)
    return ""


def _is_named(item: Item) -> bool:
    """Tell whether an item begins with a name and not with an expression: `a > 1` names no test."""
    return _EXPRESSION.match(item.text) is None


def _by_family(noun: str, items: Sequence[Item]) -> str:
    families = {item.family for item in items}
    if len(families) != 1:
        return ""
    family = next(iter(families))
    if family == singular(noun):
        return f"each is a {family}"
    return "each has an id of one family" if noun in _NAMED and " " not in family and not family.islower() else ""


def _by_form(noun: str, group: Group) -> str:
    items = group.items
    if noun in _WORK and all(item.mark is not None for item in items):
        return "each has a box"
    if noun in _WORK and all(item.sign for item in items) and {item.sign for item in items} != {"✅"}:
        return "each has a sign of status"  # ticks alone are often mere bullets
    if group.kind == "table":
        return "the column names them" if {noun, singular(noun)} & set(group.header.lower().split()) else ""
    return NUMBERED if noun not in _MEASURED and _is_numbered(group) else ""


def _is_numbered(group: Group) -> bool:
    if group.kind == "headings":
        return all(_NUMBERED_HEADING.match(item.text) for item in group.items)
    numbers = [item.number for item in group.items]
    first = numbers[0] if group.lead >= 0 and numbers[0] else 1  # what another lead-in divides may go on
    return group.kind == "list" and numbers == list(range(first, first + len(numbers)))
