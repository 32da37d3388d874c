"""Which criteria a field lists, and how many of them must be met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.conditions import OVERALL
from docsync.models.kinds.bad_value import BadValue, shown
from docsync.models.kinds.scalars import bare, is_nothing, scalar_text

CATEGORIES: Final = ("functional", "performance", "quality", "documentation")
"""The categories that gates use; a project's own are kept as they are."""

_MARK = re.compile(r"(?:[-*+] )?\[(?P<mark>[ xX~-])\]\s+|(?P<sign>[✅✓✔☑])\ufe0f?\s*")
_CONDITION = re.compile(
    r"\b(?P<all>all|every|each)\b|\b(?P<any>any|(?:at least )?one)\b|(?P<percent>\d{1,3}(?:\.\d{1,6})?)\s?%"
    r"|(?P<count>\d{1,6})(?:\s?(?:/|of|out of)\s?\d{1,6})?|\b(?P<none>none|optional)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]")
_FILLER: Final = frozenset(
    (
        *("of", "the", "criteria", "criterion", "must", "should", "be", "is", "are", "met", "pass", "passes", "passed"),
        *(
            "passing",
            "complete",
            "completed",
            "done",
            "satisfied",
            "at",
            "least",
            "minimum",
            "required",
            "need",
            "needs",
            "to",
            "in",
            "for",
        ),
    )
)


def read_criteria(value: object) -> list[dict[str, str | bool]]:
    """Read criteria from a text of lines, a list, or a mapping of categories to lists; `[x]` and `✅` tell that one is met."""
    return list(_criteria(value, ""))


def _criteria(value: object, category: str) -> Iterator[dict[str, str | bool]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _criteria(inner, _category(name))
    elif isinstance(value, list):
        for item in value:
            yield _criterion(item, category)
    else:
        text = scalar_text(value)
        if not is_nothing(bare(text)):
            yield from (_criterion(line, category) for line in text.split("\n") if line.strip())


def _criterion(value: object, category: str) -> dict[str, str | bool]:
    if isinstance(value, dict):
        if "text" in value:
            return {
                "text": scalar_text(value["text"]),
                "category": _category(scalar_text(value.get("category"))) or category,
                "met": value.get("met") is True,
                "dropped": value.get("dropped") is True,
            }
        value = ", ".join(f"{key}: {scalar_text(inner)}" for key, inner in value.items())
    text = scalar_text(value)
    mark = _MARK.match(text)
    sign = (mark["mark"] or mark["sign"]) if mark else " "
    return {
        "text": text[mark.end() :] if mark else text,
        "category": category,
        "met": sign not in " ~-",
        "dropped": sign in "~-",
    }


def _category(name: str) -> str:
    return " ".join(bare(name).casefold().replace("_", " ").removesuffix("criteria").split())


def read_conditions(value: object) -> dict[str, str]:
    """Read what must be met, by category: `functional: all, performance: 80%, 2 of 3 quality`, or a mapping of these."""
    if isinstance(value, dict):
        return {_category(name) or OVERALL: _condition(scalar_text(inner)) for name, inner in value.items()}
    parts = value if isinstance(value, list) else re.split(r"[,;&\n]|\sand\s", scalar_text(value))
    return dict(pair for part in parts if not is_nothing(text := bare(scalar_text(part))) for pair in _part(text))


def _condition(text: str) -> str:
    found = _CONDITION.search(text)
    if found is None:
        raise BadValue(f"{shown(text)} is no pass condition", "write all, any, a number or a percentage")
    return _canonical(found)


def _canonical(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "percent":
            return f"{found['percent']}%"
        case "count":
            return found["count"].lstrip("0") or "0"
        case "none":
            return "0"
        case kind:
            return str(kind)


def _part(text: str) -> list[tuple[str, str]]:
    """Read `≥80% of performance/quality criteria pass (see below)`: what stands in brackets is a remark."""
    plain = _REMARK.sub(" ", text)
    condition = _condition(plain)
    said = _CONDITION.sub(" ", plain).casefold()
    left = [word for word in _WORD.findall(said) if word not in _FILLER]
    if len(left) > 1 and not _JOINED.search(said):
        raise BadValue(f"cannot tell the category in {shown(text)}", "write it as performance: 80%")
    return [(category, condition) for category in left] or [(OVERALL, condition)]
