"""What one `docsync:` comment says: its word, its argument and its attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from docsync.models.blocks import Comment
from docsync.models.nearness import meant

BEGIN: Final = "begin"
END: Final = "end"
CLAIM: Final = "claim"
IGNORE: Final = "ignore"
WORDS: Final = (BEGIN, END, CLAIM, IGNORE)

_DIRECTIVE = re.compile(r"\s*docsync:(\S*)(?:\s+([\s\S]*?))?\s*\Z", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9][\w.-]*\Z")
_ATTRIBUTE = re.compile(r'\s*([A-Za-z][\w-]*)="([^"]*)"(?=\s|\Z)')


class BadDirective(ValueError):
    """Say what is wrong with one comment, and what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Directive:
    """Hold one comment that speaks to docsync; `rest` is what follows its word, trimmed."""

    word: str
    rest: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold what a begin marker says; `attributes` leaves the view out."""

    id: str
    view: str
    attributes: Mapping[str, str]


def directive(comment: Comment) -> Directive | None:
    """Read a comment that speaks to docsync; None for any other.

    Raises BadDirective for an unknown word, or a comment that runs over several lines.
    """
    found = _DIRECTIVE.match(comment.text)
    if found is None:
        return None
    word = found[1]
    if word not in WORDS:
        raise BadDirective(f"`docsync:{word}` is no marker", meant(word, WORDS))
    if "\n" in comment.text.strip() or "\r" in comment.text.strip():
        raise BadDirective(f"the `docsync:{word}` marker runs over several lines", "write it on one line")
    return Directive(word, found[2] or "")


def opening(rest: str) -> Opening:
    """Read the id and the attributes of a begin marker; raises BadDirective."""
    name, _, written = rest.partition(" ")
    _check_id(name, BEGIN)
    attributes = _attributes(written)
    if not attributes.get("view"):
        raise BadDirective(f'region "{name}" names no view', 'add view="…", such as view="status-table"')
    return Opening(name, attributes.pop("view"), attributes)


def closing(rest: str) -> str:
    """Read the id of an end marker; raises BadDirective."""
    _check_id(rest, END)
    return rest


def _check_id(name: str, word: str) -> None:
    if not name or "=" in name or not _ID.match(name):
        raise BadDirective(
            f"the {word} marker names no region" if not name or "=" in name else f'"{name}" cannot name a region',
            f"write an id of letters, digits, `.`, `_` or `-` after `docsync:{word}`",
        )


def _attributes(written: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    at = 0
    while written[at:].strip():
        found = _ATTRIBUTE.match(written, at)
        if found is None:
            raise BadDirective(f"cannot read `{written[at:].strip()}`", 'write each attribute as key="value"')
        if found[1] in attributes:
            raise BadDirective(f"the attribute {found[1]} stands twice", "keep one of the two")
        attributes[found[1]] = found[2]
        at = found.end()
    return attributes
