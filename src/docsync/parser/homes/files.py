"""Which record a whole file defines: by its front matter, or by the key-values under its title where it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from docsync.models.blocks import Heading
from docsync.models.document import FrontMatter, FrontMatterEntry
from docsync.models.kinds.criteria import read_criteria as values_of
from docsync.models.records import Criterion, Home, Json
from docsync.models.schema import FieldType, KindSpec, field_key
from docsync.parser.homes.bodies import read_fields
from docsync.parser.homes.criteria import read_criteria
from docsync.parser.homes.declared import SETTINGS
from docsync.parser.homes.drafts import Draft, Written
from docsync.parser.homes.headings import heard
from docsync.parser.homes.leads import Lead, plain_title, read_lead
from docsync.parser.homes.page import Page, title_index
from docsync.text.spans import Span

_MARK = re.compile(r"(?:[-*+] )?\[[ xX~-]\]\s|[✅✓✔☑]")


def read_file(page: Page, kind: KindSpec, body: Sequence[int]) -> Draft:
    """Give what a file says of its record; `body` are the blocks that belong to no other home.

    Front matter is the home alone: what the body says again is a mention. Its checkboxes are the criteria all the same.
    """
    at = title_index(page.blocks)
    found = page.blocks[at] if at >= 0 else None
    heading = found if isinstance(found, Heading) else None
    lead = read_lead(heading.inline.text, kind, page.config) if heading else None
    title = lead.title if lead else plain_title(heading.inline.text, page.config) if heading else ""
    if page.front_matter is not None:
        draft = _from_front_matter(page.front_matter, kind, title)
    else:
        draft = _from_body(page, kind, title, [index for index in body if index > at])
        draft = heard(draft, heading.inline, lead) if heading and lead else draft
    criteria = read_criteria(page.blocks, [index for index in body if index != at])
    return _identified(page, replace(draft, criteria=criteria or draft.criteria), heading, lead)


def _from_front_matter(front_matter: FrontMatter, kind: KindSpec, title: str) -> Draft:
    entries = front_matter.entries
    fields = tuple(_written(entry) for entry in entries.values() if entry.key not in SETTINGS)
    span = entries["kind"].value_span if "kind" in entries else Span(front_matter.span.start, front_matter.span.start)
    criteria = tuple(criterion for entry in entries.values() for criterion in _stated_criteria(kind, entry))
    settings = tuple(Span(entry.key_span.start, entry.value_span.end) for entry in entries.values() if entry.key in SETTINGS)
    return Draft(kind, Home.FILE, "", span, title, fields, criteria, covered=settings)


def _from_body(page: Page, kind: KindSpec, title: str, body: Sequence[int]) -> Draft:
    """Read the key-values above the first subheading."""
    first = next((index for index in body if isinstance(page.blocks[index], Heading)), len(page.blocks))
    fields = read_fields(page.blocks, [index for index in body if index < first], kind)
    return Draft(kind, Home.FILE, "", Span(0, 0), title, fields)


def _identified(page: Page, draft: Draft, heading: Heading | None, lead: Lead | None) -> Draft:
    """Find the id: the field of that name, else the one in the title, else the file's name where it is one."""
    if (written := draft.named("id")) and isinstance(written.value, str | int) and str(written.value).strip():
        return replace(draft, id=str(written.value).strip("`* "), span=written.span)
    if heading and lead:
        return replace(draft, id=lead.id.text, span=heading.inline.span(lead.id.start, lead.id.end))
    name = page.source.path.rpartition("/")[2].partition(".")[0]
    return replace(draft, id=name) if draft.kind.matches(name) else draft


def _written(entry: FrontMatterEntry) -> Written:
    return Written(entry.key, entry.value, entry.value_span, entry.key_span, tuple(span for _, span in entry.items))


def _stated_criteria(kind: KindSpec, entry: FrontMatterEntry) -> Iterator[Criterion]:
    """Give the criteria that front matter lists with their state; an item without a mark says nothing of it."""
    name = kind.aliases.get(field_key(entry.key), "")
    if not name or kind.fields[name].type is not FieldType.CRITERIA:
        return
    spans = [span for _, span in entry.items]
    for index, (item, category) in enumerate(_flat(entry.value, "")):
        if _states(item):
            span = spans[index] if index < len(spans) else entry.value_span
            for value in values_of([item]):
                met, dropped = value["met"] is True, value.get("dropped") is True
                yield Criterion(str(value["text"]), str(value["category"]) or category, met, span, span, dropped)


def _flat(value: Json, category: str) -> Iterator[tuple[Json, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, name.casefold())
    elif isinstance(value, list):
        yield from ((item, category) for item in value)


def _states(item: Json) -> bool:
    return (isinstance(item, dict) and "met" in item) or (isinstance(item, str) and _MARK.match(item) is not None)
