"""How one value is written in prose or in a cell: the date, number, choice or reference in the way that stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.records import Json
from docsync.models.schema import FieldSpec, FieldType

_FIGURE = re.compile(r"[-+−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+−]?\d+(?:\.\d+)?")
_WRAPS: Final = ("**", "__", "`", "*", "_")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})(?P<dot>\.?) (?P<day>\d{1,2}), \d{4}")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<dot>\.?) (?P<month>[A-Za-z]{3,9}) \d{4}")
_TRUTHS: Final = (("yes", "no"), ("true", "false"), ("on", "off"), ("y", "n"), ("✅", "❌"), ("✓", "✗"))
_NOTHING: Final = ("—", "–", "-", "None", "none", "N/A", "n/a")


def spelled(site: Site, spec: FieldSpec, wanted: Json) -> str:
    """Spell a value that is no list and no status; raises Uneditable for what fits on no line."""
    raw = model_of(site, spec.name)
    match spec.type:
        case FieldType.INTEGER | FieldType.NUMBER:
            return _number(raw, _digits(wanted))
        case FieldType.DATE | FieldType.BOOLEAN:
            return _wrapped(raw, _truth(raw, truth=wanted) if isinstance(wanted, bool) else _dated(raw, str(wanted)))
        case FieldType.ENUM:
            return _choice(site, spec.name, raw, str(wanted))
        case FieldType.CONDITIONS if isinstance(wanted, dict):
            return ", ".join(f"{category}: {condition}" for category, condition in wanted.items())
        case _:
            text = one_line(wanted)
            return _wrapped(raw, text) if spec.type is FieldType.REFERENCE else text


def one_line(value: Json) -> str:
    """Give a text that stands on one line; raises Uneditable for more."""
    text = _digits(value) if isinstance(value, int | float) else str(value)
    if "\n" in text or "\r" in text:
        raise Uneditable("a value of several lines can only be set in front matter; write it on one line")
    return text


def nothing(site: Site, name: str) -> str:
    """Spell that there is no value, as the nearest records do in that field; empty where none of them says so."""
    for tier in site.tiers():
        raws = [one.fields[name].text.strip() for one in tier if name in one.fields]
        if found := next((raw for raw, _ in Counter(raws).most_common() if raw in _NOTHING), ""):
            return found
    return ""


def model_of(site: Site, name: str) -> str:
    """Give how a field is written in the record, else in the nearest record that has it."""
    return next(_models(site, name), "")


def _models(site: Site, name: str) -> Iterator[str]:
    if own := site.written(name):
        yield own.text
    for tier in site.tiers():
        yield from (one.fields[name].text for one in tier if name in one.fields)


def _digits(value: Json) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _number(raw: str, digits: str) -> str:
    """Put a number in the place of the one that stands there, with the thousands parted as they are."""
    found = _FIGURE.findall(raw)
    if len(found) != 1:
        return digits
    if "," in found[0] and (whole := digits.partition("."))[0].lstrip("-").isdigit():
        digits = f"{int(whole[0]):,}{whole[1]}{whole[2]}"
    return raw.replace(found[0], digits)


def _wrapped(raw: str, text: str) -> str:
    wrap = next((one for one in _WRAPS if raw.startswith(one) and raw.endswith(one) and len(raw) > 2 * len(one)), "")
    return f"{wrap}{text}{wrap}"


def _dated(raw: str, iso: str) -> str:
    """Write a date as the one that stands there: `Oct 21, 2026`, `21 October 2026`, else ISO."""
    day = date.fromisoformat(iso)
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        if (found := pattern.search(raw)) and (name := _month(found["month"], day.month)):
            if pattern is _MONTH_FIRST:
                return f"{name}{found['dot']} {day.day}, {day.year}"
            return f"{day.day}{found['dot']} {name} {day.year}"
    return iso


def _month(model: str, month: int) -> str:
    name = _MONTHS[month - 1]
    if model.casefold() not in (known[: len(model)].casefold() for known in _MONTHS):
        return ""
    return name if model in _MONTHS and len(model) > len("May") else name[:3]


def _truth(raw: str, *, truth: bool) -> str:
    plain = raw.strip("*_` ")
    pair = next((pair for pair in _TRUTHS if plain.casefold() in pair), _TRUTHS[0])
    word = pair[0 if truth else 1]
    return word.capitalize() if plain[:1].isupper() else word


def _choice(site: Site, name: str, raw: str, wanted: str) -> str:
    """Write a word of an enumeration as another record does, else in the case of the one that stands there."""
    for tier in site.tiers():
        raws = Counter(one.fields[name].text for one in tier if name in one.fields and one.values.get(name) == wanted)
        if raws:
            return raws.most_common(1)[0][0]
    return _wrapped(raw, wanted.capitalize() if raw.strip("*_` ")[:1].isupper() and wanted.islower() else wanted)
