"""How the status beside an id changes: a checkbox, a sign before it, a word after it, all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from docsync.editing import statuses
from docsync.editing.bodies import in_body, line
from docsync.editing.errors import Uneditable
from docsync.editing.rows import cell_of_lead
from docsync.editing.scalars import one_line
from docsync.editing.site import Site
from docsync.editing.templates import added
from docsync.models.blocks import Heading, Inline, ListItem
from docsync.models.records import Home
from docsync.models.status import Status
from docsync.parser.homes.leads import read_lead
from docsync.text.edits import Edit
from docsync.text.spans import Span

_MARKS: Final = {Status.RESOLVED: "x", Status.PENDING: " "}
"""What a checkbox can say wherever it is read; other marks are followed where a document has them."""


def status_in_body(site: Site, wanted: Status, remark: str) -> tuple[Edit, ...]:
    """Set the status of a section, list item or file without front matter: beside the id, as a key-value, or both."""
    lead = site.lead
    said = tuple(in_lead(site, wanted))
    written = site.written("status")
    keyed = written is not None and written.span != written.key_span
    spec = site.field("status")
    if keyed:
        return (*said, *in_body(site, spec, wanted.value, remark))
    boxed = isinstance(lead, ListItem) and lead.mark_span is not None
    if said and not remark and (not boxed or _mark(site, wanted) is not None):
        return said
    if said and isinstance(lead, Heading) and written:
        return _beside(site, wanted, remark)
    return (*said, *_added(site, wanted, remark))


def retitled(site: Site, title: str) -> tuple[Edit, ...]:
    """Give another title to a record whose heading or list item says it behind the id."""
    lead = site.lead
    start = site.record.span.end - lead.inline.whole.start if lead else 0
    at = lead.inline.text.find(site.record.title, max(start, 0)) if lead and site.record.title else -1
    if lead is None or at < 0 or site.record.home is Home.FILE:
        raise Uneditable(f"{site.where}: the title of {site.record.id} cannot be told from its surroundings; change it by hand")
    return (Edit(lead.inline.span(at, at + len(site.record.title)), one_line(title)),)


def in_lead(site: Site, wanted: Status) -> Iterator[Edit]:
    """Set what the heading or list item that begins a home says of its status; nothing where it says nothing."""
    lead = site.lead
    if lead is None:
        return
    if isinstance(lead, ListItem) and lead.mark_span is not None:
        mark = _mark(site, wanted)
        yield Edit(lead.mark_span, " " if mark is None else mark)
    yield from _said(site, lead.inline, wanted)


def in_row(site: Site, wanted: Status) -> tuple[Edit, ...]:
    """Set the status that stands in the cell of the id."""
    place = cell_of_lead(site)
    cell = place.row.cells[place.column]
    return tuple(_said(site, Inline(cell.text, ((0, cell.span.start),)), wanted))


def _said(site: Site, text: Inline, wanted: Status) -> Iterator[Edit]:
    lead = read_lead(text.text, site.spec, site.config)
    if lead is None:
        yield from _sign(site, text, site.record.span.start, wanted)
        return
    if lead.status is None:
        return
    span = text.span(lead.status.start, lead.status.end)
    before, after = text.text[lead.status.start - 1 : lead.status.start], text.text[lead.status.end : lead.status.end + 1]
    if (before, after) == ("[", "]") and len(span) == 1:
        if wanted not in _MARKS:
            raise Uneditable(f"{site.where}: a checkbox in a heading cannot say {wanted.value}; give it a field Status")
        yield Edit(span, _MARKS[wanted])
        return
    yield Edit(span, statuses.spelled(site, wanted, said=lead.status.text))
    if lead.status.start > lead.id.end:
        yield from _sign(site, text, text.span(lead.id.start, lead.id.end).start, wanted)


def _sign(site: Site, text: Inline, end: int, wanted: Status) -> Iterator[Edit]:
    """Change a sign before the id."""
    start = text.whole.start
    for at in range(start, end):
        if site.source.text[at] in site.config.emoji:
            yield Edit(Span(at, at + 1), statuses.sign_of(site, wanted))
            return


def _mark(site: Site, wanted: Status) -> str | None:
    """Give the mark of a checkbox that says a status, None where none does."""
    marks = Counter(
        record.fields["status"].raw
        for record in site.facts.records
        if record.status is wanted and record.home is Home.ITEM and "status" in record.fields
        if statuses.is_box(site, record.fields["status"])
    )
    return marks.most_common(1)[0][0] if marks else _MARKS.get(wanted)


def _beside(site: Site, wanted: Status, remark: str) -> tuple[Edit, ...]:
    raise Uneditable(
        f"{site.where}: the heading says {wanted.value} in a word, which leaves no room for a reason ({remark});"
        " leave the reason out, or give the section a field Status"
    )


def _added(site: Site, wanted: Status, remark: str) -> tuple[Edit, ...]:
    return added(site, "status", line(site, site.field("status"), wanted.value, remark))
