"""How a new record reads as a file of its own, and what that file is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docsync.editing.arriving.newcomer import Newcomer
from docsync.editing.site import Site
from docsync.editing.statuses import spelled as spelled_status
from docsync.models.blocks import Heading
from docsync.models.records import Home, Json, Record
from docsync.models.schema import FieldType
from docsync.models.status import Status
from docsync.parser.yaml_scalars import written

_DAY = re.compile(r"(?<!\d)\d{4}([-_.]?)\d{2}\1\d{2}(?!\d)")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST: Final = 60
_NUMBERS: Final = (FieldType.INTEGER, FieldType.NUMBER, FieldType.REFERENCE, FieldType.REFERENCES)


def front_matter(newcomer: Newcomer, model: Site | None) -> str:
    """Give the front matter of a new file, its keys as the model's file spells them."""
    keys = _keys(model)
    named: dict[str, Json] = (
        {}
        if model and model.facts.front_matter and "kind" not in model.facts.front_matter.entries
        else {"kind": newcomer.spec.name}
    )
    named["id"] = newcomer.id
    if newcomer.title:
        named["title"] = newcomer.title
    lines = [f"{keys.get(name, name)}: {written(value, flow=False)}" for name, value in named.items()]
    lines += [f"{keys.get(name, name)}: {written(_value(newcomer, name, model), flow=False)}" for name in newcomer.fields()]
    return "\n".join(("---", *lines, "---"))


def heading(newcomer: Newcomer, model: Site | None) -> str:
    """Give the title of a new file, with id or number and name where its model's file has them."""
    usual = f"# {newcomer.id}: {newcomer.title}" if newcomer.title else f"# {newcomer.id}"
    first = next((block for block in model.blocks if isinstance(block, Heading)), None) if model else None
    if model is None or model.record.home is not Home.FILE or first is None:
        return usual
    text, record = first.inline.text, model.record
    named = text.replace(record.id, newcomer.id) if record.id in text else text
    if named == text:
        named = numbered(text, _number(record.id), _number(newcomer.id))
    if named == text or not record.title or record.title not in named or "\n" in named:
        return usual
    parted = named.replace(record.title, newcomer.title) if newcomer.title else named.partition(record.title)[0]
    return f"# {parted.rstrip(' :-–—.|')}"


def file_name(newcomer: Newcomer, sibling: Record | None, day: str) -> str:
    """Name a new file as its sibling is named: by day, number and title, whichever that has; else by its id and title.

    `day` is an ISO date, for names that begin with one.
    """
    if sibling is None:
        return f"{_plain(newcomer.id, newcomer.title)}.md"
    stem, dot, ending = sibling.path.rpartition("/")[2].rpartition(".")
    named = _like(stem, sibling, newcomer, day)
    return f"{named if named != stem else _plain(newcomer.id, newcomer.title)}{dot}{ending}"


def slug(text: str, join: str = "-") -> str:
    """Give a text as a part of a file's name."""
    words = _WORDS.findall(_HUMPS.sub(" ", text))
    joined = join.join(word.lower() for word in words)
    return joined[:_LONGEST].rstrip(join) if join else joined[:_LONGEST]


def numbered(stem: str, was: str, now: str) -> str:
    """Put one number in the place of another in a name, as wide as that stands there; dates are left alone."""
    if not was or not now:
        return stem
    days = [found.span() for found in _DAY.finditer(stem)]

    def swapped(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in days)
        if inside or int(found[0]) != int(was):
            return found[0]
        return now.zfill(len(found[0])) if found[0].startswith("0") else now

    return _DIGITS.sub(swapped, stem)


def dated(stem: str, day: str) -> str:
    """Put a day in the place of the one in a name, written as that is."""
    found = _DAY.search(stem)
    return stem[: found.start()] + day.replace("-", found[1]) + stem[found.end() :] if found and day else stem


def _keys(model: Site | None) -> Mapping[str, str]:
    """Give how the model's front matter spells each field's key."""
    if model is None or not model.in_front_matter:
        return {}
    return {name: model.source.slice(field.key_span) for name, field in model.record.fields.items()}


def _value(newcomer: Newcomer, name: str, model: Site | None) -> Json:
    value, type_ = newcomer.values[name], newcomer.field(name).type
    if type_ is FieldType.STATUS and model is not None:
        return spelled_status(model, Status(str(value)))
    if type_ in _NUMBERS:
        return _as_number(value)
    return value


def _as_number(value: Json) -> Json:
    """Write `phase: 3` and not `phase: "3"`, as people do."""
    if isinstance(value, list):
        return [_as_number(item) for item in value]
    plain = isinstance(value, str) and value.isascii() and value.isdigit() and (value == "0" or not value.startswith("0"))
    return int(str(value)) if plain else value


def _like(stem: str, sibling: Record, newcomer: Newcomer, day: str) -> str:
    stem, marked = _slugged(stem, sibling, newcomer)
    if sibling.id in stem:
        stem = stem.replace(sibling.id, newcomer.id)
    else:
        stem = numbered(stem, _number(sibling.id), _number(newcomer.id))
    return dated(stem, day).replace(_MARK, marked)


_MARK: Final = "\0"


def _slugged(stem: str, sibling: Record, newcomer: Newcomer) -> tuple[str, str]:
    """Take the sibling's title out of a name; gives the name with a mark in its place, and what goes there."""
    for join in ("-", "_", "", " ", "."):
        was = slug(sibling.title, join)
        at = stem.lower().find(was) if was else -1
        if at >= 0:
            now = slug(newcomer.title, join)
            start = at if now else len(stem[:at].rstrip("-_ ."))
            return stem[:start] + _MARK + stem[at + len(was) :], now
    return stem, ""


def _number(name: str) -> str:
    found = _DIGITS.findall(name)
    return found[-1] if found else ""


def _plain(record_id: str, title: str) -> str:
    told = re.sub(r"[^\w.-]+", "-", record_id).strip("-.")
    words = slug(title)
    return f"{told}-{words}" if words else told
