"""How criteria read in an issue's one text of acceptance criteria, and what such a text says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docsync.models.records import Criterion

_BOX = re.compile(r"[-*+] \[(?P<mark>[ xX~])\] (?P<text>\S.*)")
_LEAD = re.compile(r"(?P<category>[^\s:][^:]*):")


def text_of(criteria: Iterable[Criterion]) -> str:
    """Give criteria as a list of boxes, each category under a line of its own."""
    lines: list[str] = []
    category = ""
    for one in criteria:
        if one.category != category:
            lines += ["", f"{one.category}:"] if lines else [f"{one.category}:"]
            category = one.category
        mark = "~" if one.dropped else "x" if one.met else " "
        lines.append(f"- [{mark}] {' '.join(one.text.split())}")
    return "\n".join(lines)


def boxes_of(text: str) -> list[tuple[str, str, str]] | None:
    """Give the category, mark and text of each box; None for a text that holds anything else."""
    found: list[tuple[str, str, str]] = []
    category = ""
    for line in text.split("\n"):
        if box := _BOX.fullmatch(line.strip()):
            found.append((category, box["mark"].lower(), box["text"].strip()))
        elif lead := _LEAD.fullmatch(line.strip()):
            category = lead["category"]
        elif line.strip():
            return None
    return found or None
