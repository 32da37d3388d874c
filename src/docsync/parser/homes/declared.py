"""Which homes a file declares: in its front matter by `kind` or `records`, or from outside by the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.document import FrontMatter, FrontMatterEntry, Trouble
from docsync.models.nearness import meant, nearest
from docsync.models.records import Json
from docsync.models.schema import KindSpec

SETTINGS: Final = frozenset({"kind", "records", "docsync"})
"""The keys of front matter that speak to docsync and are no fields of a record."""

FILE: Final = "file"
SECTIONS: Final = "sections"
ROWS: Final = "rows"
ITEMS: Final = "items"
_FORMS: Final = {
    **dict.fromkeys(("section", "sections"), SECTIONS),
    **dict.fromkeys(("row", "rows", "table", "tables"), ROWS),
    **dict.fromkeys(("item", "items", "list", "lists"), ITEMS),
}


class Part(Struct, frozen=True):
    """Declare that a file's sections, rows or list items are homes of a kind; sections and rows where `form` is empty.

    `entry` is the front matter's key that says so, None for the configuration.
    """

    kind: KindSpec
    form: str
    entry: FrontMatterEntry | None = None

    def allows(self, form: str) -> bool:
        """Tell whether homes may have a form."""
        return self.form == form or (not self.form and form != ITEMS)


class Declared(Struct, frozen=True):
    """Hold a file's declarations: the kind that the whole file is, if any, and those of its parts."""

    whole: KindSpec | None = None
    parts: tuple[Part, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def declared(path: str, front_matter: FrontMatter | None, config: Config) -> Declared:
    """Read what a file is the home of; the front matter wins over the configuration."""
    entries = front_matter.entries if front_matter else {}
    troubles: list[Trouble] = []
    whole = _whole(entries, config, troubles) if "kind" in entries else None
    parts = list(_parts(entries["records"], config, troubles)) if "records" in entries else []
    said = {part.kind.name for part in parts}
    for rule in config.homes:
        kind = config.kinds.get(rule.kind)
        if kind is not None and path_matches(rule.path, path):
            if rule.form == FILE:
                whole = whole or (None if "kind" in entries else kind)
            elif kind.name not in said:
                parts.append(Part(kind, rule.form))
    return Declared(whole, tuple(parts), tuple(troubles))


def path_matches(pattern: str, path: str) -> bool:
    """Tell whether a glob matches a whole path: `*` and `?` within a folder's name, `**` for any number of folders."""
    reached = {0}
    names = path.split("/")
    for part in pattern.removeprefix("./").split("/"):
        if part == "**":
            reached = set(range(min(reached), len(names) + 1)) if reached else reached
        else:
            reached = {at + 1 for at in reached if at < len(names) and fnmatchcase(names[at], part)}
    return len(names) in reached


def _whole(entries: Mapping[str, FrontMatterEntry], config: Config, troubles: list[Trouble]) -> KindSpec | None:
    """Read `kind`; other tools use that key too, so that an unknown word is a fault only beside an id or near a kind."""
    entry = entries["kind"]
    word = str(entry.value)
    found = config.kinds.get(word.casefold())
    if found is None and ("id" in entries or nearest(word, config.kinds)):
        troubles.append(_unknown_kind(entry, word, config))
    return found


def _parts(entry: FrontMatterEntry, config: Config, troubles: list[Trouble]) -> Iterator[Part]:
    for name, form in _pairs(entry.value):
        word = name.casefold()
        kind = config.kinds.get(word) or next((spec for spec in config.kinds.values() if spec.plural == word), None)
        if kind is None:
            troubles.append(_unknown_kind(entry, name, config))
        elif form and form not in _FORMS:
            message = f"{form} is no form of home for {kind.plural}"
            troubles.append(Trouble("DS102", entry.value_span, message, help=meant(form, (SECTIONS, ROWS, ITEMS))))
        else:
            yield Part(kind, _FORMS.get(form, ""), entry)


def _pairs(value: Json) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [(str(name), str(form or "")) for name, form in value.items()]
    return [(str(name), "") for name in (value if isinstance(value, list) else [value])]


def _unknown_kind(entry: FrontMatterEntry, word: str, config: Config) -> Trouble:
    return Trouble("DS107", entry.value_span, f"there is no kind {word or 'without a name'}", help=meant(word, config.kinds))
