"""What the file of a record reads that is made from an issue: front matter that keeps all of it, and its criteria below."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from docsync.editing.arriving.files import slug
from docsync.engine.exporting.vocabulary import KEPT
from docsync.engine.importing.understanding import Understood
from docsync.models.records import Json
from docsync.parser.yaml_scalars import written

_UNSAFE = re.compile(r"[^\w.-]+")
_LINE: Final = r"(?:[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*)?"
_PLAIN_LINES = re.compile(rf"{_LINE}(?:\n{_LINE})*")
"""Lines that a block of YAML holds as they are: none begins with a blank, and none holds a sign that is not seen."""
_LONGEST_NAME: Final = 80


def file_text(one: Understood) -> str:
    """Give the whole text of a new file."""
    head = {"kind": one.spec.name, "id": one.issue.id, **one.values}
    lines = [f"{name}: {_value(value)}" for name, value in head.items()]
    if one.rest:
        lines.append(f"{KEPT}: {written(one.rest, flow=False)}")
    body = [f"# {one.issue.title}", *_criteria(one)]
    return "\n".join(("---", *lines, "---", "", *body)) + "\n"


def file_name(one: Understood, taken: Collection[str]) -> str:
    """Name a new file by its issue's id and title; `taken` are names in small letters that are there."""
    stem = _UNSAFE.sub("-", one.issue.id).strip("-.") or "issue"
    words = slug(one.issue.title)
    name = f"{stem}-{words}"[:_LONGEST_NAME].rstrip("-.") if words else stem[:_LONGEST_NAME]
    number = 1
    while f"{name}.md".casefold() in taken:
        number += 1
        name = f"{name.removesuffix(f'-{number - 1}')}-{number}"
    return f"{name}.md"


def _value(value: Json) -> str:
    if isinstance(value, str) and "\n" in value and _PLAIN_LINES.fullmatch(value) and not value.startswith("\n"):
        return "|-\n" + "\n".join(f"  {line}" if line else "" for line in value.split("\n"))
    return written(value, flow=False)


def _criteria(one: Understood) -> Iterator[str]:
    if not one.boxes:
        return
    yield from ("", "## Acceptance criteria", "")
    category = ""
    for at, (said, mark, text) in enumerate(one.boxes):
        if said != category:
            yield from ("",) if at else ()
            yield from (f"**{said[:1].upper()}{said[1:]}**:", "")
            category = said
        yield f"- [{mark}] {text}"
