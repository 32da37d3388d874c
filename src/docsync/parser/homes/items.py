"""Which records the items of a file's lists define: a checkbox or a sign, an id, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import ListItem
from docsync.models.records import Home
from docsync.models.schema import KindSpec
from docsync.models.status import Status
from docsync.parser.homes.bodies import read_fields
from docsync.parser.homes.criteria import read_criteria
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
    leads = dict(item_leads(page, kinds))
    drafts: dict[int, Draft] = {}
    for index, (kind, lead) in leads.items():
        item = page.blocks[index]
        if isinstance(item, ListItem):
            body = [one for one in _inside(page, index) if one not in leads]
            draft = _draft(page, item, kind, lead, body, index)
            if any(draft.name_of(one) in kind.fields for one in draft.fields):
                outer = drafts.get(item.item) or owners[index]
                drafts[index] = replace(draft, within=outer)
                yield drafts[index]


def item_leads(page: Page, kinds: Sequence[KindSpec]) -> Iterator[tuple[int, tuple[KindSpec, Lead]]]:
    """Give the list items that begin with an id of one of the kinds, whether or not they tell how far that is."""
    for index, block in page.blocks.items:
        if not block.quote and not page.skip[index]:
            text = block.inline.text
            found = ((kind, read_lead(text, kind, page.config) or _plain_lead(text, kind)) for kind in kinds)
            if named := next(((kind, lead) for kind, lead in found if lead), None):
                yield index, named


def _inside(page: Page, root: int) -> Iterator[int]:
    """Give the blocks inside an item, at whatever depth; they follow it."""
    held = {root}
    for index in range(root + 1, len(page.blocks)):
        if page.blocks[index].item not in held:
            return
        held.add(index)
        if not page.skip[index]:
            yield index


def _draft(page: Page, item: ListItem, kind: KindSpec, lead: Lead, body: Sequence[int], index: int) -> Draft:  # noqa: PLR0913, PLR0917 -- an item, what it begins with and what it holds
    id_span = item.inline.span(lead.id.start, lead.id.end)
    draft = Draft(
        kind,
        Home.ITEM,
        lead.id.text,
        id_span,
        _title(item.inline.text, lead),
        read_fields(page.blocks, body, kind, index),
        read_criteria(page.blocks, body, index),
        covered=(Span(item.mark_span.start if item.mark_span else id_span.start, id_span.end),),
    )
    status = _status(item, lead)
    return draft if status is None or draft.named("status") else replace(draft, fields=(*draft.fields, status))


def _plain_lead(text: str, kind: KindSpec) -> Lead | None:
    """Read an id that only a space parts from what follows; a bare number there is a number and no id."""
    found = _ID_AHEAD.match(text)
    if found is None or found["id"][0].isdigit() or not kind.matches(found["id"]):
        return None
    return Lead(Said(found["id"], *found.span("id")), "", None)


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
