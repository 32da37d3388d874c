"""Which records the items of a file's lists define: a checkbox or a sign, an id, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from docsync.models.blocks import ListItem
from docsync.models.records import Home
from docsync.models.schema import KindSpec, field_key
from docsync.models.status import Status
from docsync.parser.fields import bullet_key_value
from docsync.parser.homes.drafts import Draft, Written
from docsync.parser.homes.leads import Lead, Said, read_lead
from docsync.parser.homes.page import Page
from docsync.text.spans import Span

_ID_AHEAD = re.compile(r"(?P<wrap>\*\*|__|`|)(?P<id>[\w.-]{1,60})(?P=wrap)(?=[ \t])")
"""An id with words right behind it, as a list of tasks writes them: `T004 Draw the map`."""
_TAGS = re.compile(r"(?:\s*\[[^\[\]\n]{1,20}\](?!\())*[\s:–—-]*")
"""Marks between an id and what is to be done: `[P] [US2]`."""
_MARKS: Final[Mapping[str, Status]] = {
    **dict.fromkeys("xX✓✔✅☑", Status.RESOLVED),
    " ": Status.PENDING,
    **dict.fromkeys("/>", Status.IN_PROGRESS),
    **dict.fromkeys("~-–", Status.CANCELLED),
}
_LONGEST_TITLE: Final = 120


def read_items(page: Page, kinds: Sequence[KindSpec], owners: Sequence[Draft | None]) -> Iterator[Draft]:
    """Give what each list item says that begins with an id of one of the kinds and tells how far that is.

    `owners` gives, for each block, the draft of the section that it lies in. An item inside another one's home belongs to that.
    """
    inside = _children(page)
    drafts: dict[int, Draft] = {}
    for index, block in enumerate(page.blocks):
        if isinstance(block, ListItem) and not block.quote and not page.skip[index]:
            outer = drafts.get(block.item) or owners[index]
            if draft := _draft(page, block, kinds, inside.get(index, ()), outer):
                drafts[index] = draft
                yield draft


def _children(page: Page) -> Mapping[int, list[int]]:
    """Give the blocks right inside each item."""
    inside: dict[int, list[int]] = {}
    for index, block in enumerate(page.blocks):
        if block.item >= 0 and not page.skip[index]:
            inside.setdefault(block.item, []).append(index)
    return inside


def _draft(page: Page, item: ListItem, kinds: Sequence[KindSpec], inside: Sequence[int], outer: Draft | None) -> Draft | None:
    for kind in kinds:
        lead = read_lead(item.inline.text, kind, page.config) or _plain_lead(item.inline.text, kind)
        if lead is None:
            continue
        id_span = item.inline.span(lead.id.start, lead.id.end)
        fields = tuple(_fields(page, inside, kind))
        status = _status(item, lead)
        covered = (Span(item.mark_span.start if item.mark_span else id_span.start, id_span.end),)
        title = _title(item.inline.text, lead)
        draft = Draft(kind, Home.ITEM, lead.id.text, id_span, title, fields, covered=covered, within=outer)
        if status is not None and draft.named("status") is None:
            draft = replace(draft, fields=(*fields, status))
        return draft if draft.named("status") else None
    return None


def _plain_lead(text: str, kind: KindSpec) -> Lead | None:
    """Read an id that only a space parts from what follows; a bare number there is a number and no id."""
    found = _ID_AHEAD.match(text)
    if found is None or found["id"][0].isdigit() or not kind.matches(found["id"]):
        return None
    return Lead(Said(found["id"], *found.span("id")), "", None)


def _fields(page: Page, inside: Sequence[int], kind: KindSpec) -> Iterator[Written]:
    """Give the fields that the bullets right below an item write; boxes there are its steps."""
    for index in inside:
        block = page.blocks[index]
        if not isinstance(block, ListItem) or block.mark is not None:
            continue
        text = block.inline
        found = bullet_key_value(text.text)
        if found and found.start < found.line_end and field_key(found.key) in kind.aliases:
            key = text.span(found.key_start, found.key_end)
            value = text.text[found.start : found.line_end]
            yield Written(found.key, value, text.span(found.start, found.line_end), key)


def _status(item: ListItem, lead: Lead) -> Written | None:
    """Give what the checkbox says, else what stands beside the id."""
    if item.mark_span is not None and (status := _MARKS.get(item.mark or "")):
        return Written("status", status.value, item.mark_span, item.mark_span)
    if lead.status is None:
        return None
    said = item.inline.span(lead.status.start, lead.status.end)
    return Written("status", lead.status.text, said, said)


def _title(text: str, lead: Lead) -> str:
    """Give what is to be done, without the tags before it, on one line."""
    rest = text[lead.id.end :].split("\n", 1)[0].lstrip("*_`")
    tags = _TAGS.match(rest)
    title = rest[tags.end() if tags else 0 :].strip()
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
