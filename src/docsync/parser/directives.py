"""What one `docsync:` comment says: its word, its id, its attributes, its expressions or its codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.models.nearness import meant

WORDS: Final = ("begin", "end", "claim", "ignore")

_DIRECTIVE = re.compile(r"docsync:(\S*)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9][\w.-]*")
# The quotes keep a value in one piece; `(?=…)` wants a space before the next one.
_ATTRIBUTE = re.compile(r'\s+([A-Za-z][\w-]*)="([^"]*)"(?=\s|\Z)')
# A bracket holds a filter, whose values may have spaces; the bound keeps unclosed brackets from being read over and over.
_EXPRESSION = re.compile(r"(?:\[[^\[\]]{0,500}\]| ?/ ?|[^ ])+")
_CODE = re.compile(r"\s*(DS[0-9]{3}(?![\w-]))(\s*,)?", re.IGNORECASE)
_CODE_OR_NAME = re.compile(r"\s*((?:DS[0-9]{3}|[a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w-]))(\s*,)?", re.IGNORECASE)
_LONGEST_SHOWN = 60


class Flaw(Struct, frozen=True):
    """Say what is wrong with one comment, and what to write instead."""

    message: str
    remedy: str


class Begin(Struct, frozen=True):
    """Hold a begin marker: its id, empty where it has none, and attributes; `flaw` says why they cannot be used."""

    id: str
    attributes: Mapping[str, str]
    flaw: Flaw | None = None


class End(Struct, frozen=True):
    """Hold an end marker's id."""

    id: str


class Claim(Struct, frozen=True):
    """Hold the fact expressions of a claim comment, at least one."""

    expressions: tuple[str, ...]


class Ignore(Struct, frozen=True):
    """Hold the codes or rule names of an ignore comment, at least one, and the reason given."""

    codes: tuple[str, ...]
    reason: str


Directive: TypeAlias = Begin | End | Claim | Ignore


def directive(comment: str) -> Directive | Flaw | None:
    """Read what stands between `<!--` and `-->`; None for a comment that does not speak to docsync.

    A begin marker keeps its flaw to itself, since it still pairs with its end.
    """
    text = comment.strip()
    found = _DIRECTIVE.match(text)
    if found is None:
        return None
    word, rest = found[1], text[found.end() :]
    if word not in WORDS:
        return Flaw(f"`docsync:{_shown(word)}` is no marker", meant(word, WORDS))
    if "\n" in text:
        return Flaw(f"the `docsync:{word}` marker runs over several lines", "write it on one line")
    return _READERS[word](rest)


def _begin(rest: str) -> Begin:
    name = rest.split(maxsplit=1)[0] if rest.strip() else ""
    if flaw := _id_flaw(name, "begin"):
        return Begin("", {}, flaw)
    attributes = _attributes(rest, rest.index(name) + len(name))
    if isinstance(attributes, Flaw):
        return Begin(name, {}, attributes)
    if not attributes.get("view") and not attributes.get("query"):
        flaw = Flaw(f'region "{_shown(name)}" names no view', 'add view="…", such as view="status-table", or query="select …"')
    return Begin(name, attributes, flaw)


def _end(rest: str) -> End | Flaw:
    name = rest.strip()
    return _id_flaw(name, "end") or End(name)


def _id_flaw(name: str, word: str) -> Flaw | None:
    remedy = f"write an id of letters, digits, `.`, `_` or `-` after `docsync:{word}`"
    if not name or "=" in name:
        return Flaw(f"the {word} marker names no region", remedy)
    if not _ID.fullmatch(name):
        return Flaw(f'"{_shown(name)}" cannot name a region', remedy)
    return _dashes_flaw(f'the id "{_shown(name)}"', name)


def _dashes_flaw(what: str, text: str) -> Flaw | None:
    return Flaw(f"{what} holds `--`, which HTML forbids in a comment", "write a single `-`") if "--" in text else None


def _attributes(text: str, at: int) -> dict[str, str] | Flaw:
    attributes: dict[str, str] = {}
    while at < len(text):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            return Flaw(f"cannot read `{_shown(text[at:].strip())}`", 'write each attribute as key="value"')
        key = found[1]
        if key in attributes:
            return Flaw(f"the attribute {_shown(key)} stands twice", "keep one of the two")
        if flaw := _dashes_flaw(f"the attribute {_shown(key)}", found[0]):
            return flaw
        attributes[key] = found[2]
        at = found.end()
    return attributes


def _claim(rest: str) -> Claim | Flaw:
    expressions = tuple(_EXPRESSION.findall(" ".join(rest.split())))
    if not expressions:
        return Flaw("`docsync:claim` names no fact", "name one, such as `docsync:claim holes.resolved/holes.total`")
    return Claim(expressions)


def _ignore(rest: str) -> Ignore | Flaw:
    """Read codes or names, split by commas, and a reason; without a comma only a code goes on with the list."""
    codes: list[str] = []
    at, pattern = 0, _CODE_OR_NAME
    while found := pattern.match(rest, at):
        codes.append(found[1])
        at, pattern = found.end(), _CODE_OR_NAME if found[2] else _CODE
    if not codes:
        return Flaw("`docsync:ignore` names no rule", "name a code and a reason, as in `docsync:ignore DS203 counted by hand`")
    return Ignore(tuple(codes), rest[at:].strip(" \t:-–—"))


_READERS: Final[Mapping[str, Callable[[str], Directive | Flaw]]] = {
    "begin": _begin,
    "end": _end,
    "claim": _claim,
    "ignore": _ignore,
}


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
