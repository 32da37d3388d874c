"""How a criterion is ticked, or its tick taken away: in its checkbox, with the sign beside it, or in front matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from docsync.editing.errors import Uneditable
from docsync.editing.files import key_edit
from docsync.editing.site import Site
from docsync.models.document import FrontMatterEntry
from docsync.models.records import Criterion, Json
from docsync.models.schema import FieldType, field_key
from docsync.models.status import SIGNS, Status
from docsync.text.edits import Edit
from docsync.text.spans import Span

_SIGN = re.compile(r"\][ \t]{1,3}")
_STATED = re.compile(r"(?:[-*+] )?\[(?P<mark>[ xX~-])\](?=\s)|(?P<sign>[✅✓✔☑])")
_MET: Final = "x"
_UNMET: Final = " "


def ticked(site: Site, index: int, *, met: bool) -> tuple[Edit, ...]:
    """Tick a criterion, or take its tick away; raises Uneditable for one that was dropped."""
    criterion = site.record.criteria[index]
    if criterion.dropped:
        raise Uneditable(f"{site.where}: criterion {index + 1} was dropped ({criterion.text}); take it up again by hand first")
    if criterion.met is met:
        return ()
    if criterion.mark_span == criterion.span:
        return (_in_front_matter(site, index, met=met),)
    return (Edit(criterion.mark_span, _mark(site, met=met)), *_beside(site, criterion, met=met))


def _mark(site: Site, *, met: bool) -> str:
    """Give the mark by which a document's criteria are met, or are not."""
    marks = (one.mark_span for record in site.facts.records for one in record.criteria if one.met is met and not one.dropped)
    counts = Counter(mark for span in marks if len(mark := site.source.slice(span)) == 1)
    return counts.most_common(1)[0][0] if counts else _MET if met else _UNMET


def _beside(site: Site, criterion: Criterion, *, met: bool) -> Iterator[Edit]:
    """Change the sign of a status that stands between a checkbox and its text."""
    found = _SIGN.match(site.source.text, criterion.mark_span.end)
    at = found.end() if found else len(site.source.text)
    if site.source.text[at : at + 1] in site.config.emoji:
        yield Edit(Span(at, at + 1), SIGNS[Status.RESOLVED if met else Status.PENDING])


def _in_front_matter(site: Site, index: int, *, met: bool) -> Edit:
    at = -1
    for entry in _entries(site):
        for key, items in _lists(entry.key, entry.value):
            for position, item in enumerate(items):
                at += _states(item)
                if at == index:
                    return key_edit(site, key, [*items[:position], _said(item, met=met), *items[position + 1 :]])
    raise Uneditable(f"{site.where}: criterion {index + 1} is not found in the front matter; tick it by hand")


def _entries(site: Site) -> Iterator[FrontMatterEntry]:
    front_matter = site.facts.front_matter
    for entry in front_matter.entries.values() if front_matter else ():
        name = site.spec.aliases.get(field_key(entry.key), "")
        if name and site.spec.fields[name].type is FieldType.CRITERIA:
            yield entry


def _lists(key: str, value: Json) -> Iterator[tuple[str, list[Json]]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(f"{key}.{name}", inner)
    elif isinstance(value, list):
        yield key, value


def _states(item: Json) -> bool:
    return (isinstance(item, dict) and "met" in item) or (isinstance(item, str) and _STATED.match(item) is not None)


def _said(item: Json, *, met: bool) -> Json:
    if isinstance(item, dict):
        return {**item, "met": met}
    text = str(item)
    found = _STATED.match(text)
    if found and found["mark"]:
        return f"{text[: found.start('mark')]}{_MET if met else _UNMET}{text[found.end('mark') :]}"
    return f"[{_MET if met else _UNMET}] {text[found.end() :].lstrip(chr(0xFE0F) + ' ') if found else text}"
