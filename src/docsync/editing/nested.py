"""How the items of a list below a key are written again when some come or go; the others keep their lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.blocks import ListItem
from docsync.models.kinds.bad_value import BadValue
from docsync.models.kinds.references import read_references
from docsync.models.records import Field
from docsync.models.schema import FieldSpec, FieldType
from docsync.text.edits import Edit
from docsync.text.spans import Span


def in_nested_list(site: Site, field: Field, wanted: Sequence[str], spec: FieldSpec) -> tuple[Edit, ...]:
    """Write the items of a list again, each on its own line; an item that stays keeps its lines, with all that is in it."""
    items = _items(site, field)
    if not items:
        raise Uneditable(f"{site.where}: the list of {spec.name} cannot be told apart; change it by hand")
    if not wanted:
        raise Uneditable(f"{site.where}: {spec.name} is a list of its own, which would be empty; take it out by hand")
    known: dict[str, deque[str]] = {}
    for item in items:
        known.setdefault(_said(item, spec), deque()).append(_lines(site, item))
    first = items[0]
    lead = site.source.slice(Span(site.line_start(first.inline.whole.start), first.inline.whole.start))
    lines = [known[each].popleft() if known.get(each) else f"{lead}{each}" for each in wanted]
    start, end = site.line_start(first.span.start), _end(site, items[-1])
    return (Edit(Span(start, end), site.newline_at(start).join(lines)),)


def _items(site: Site, field: Field) -> list[ListItem]:
    """Give the outermost items of the list that a field's span covers."""
    inside = [
        block
        for block in site.blocks
        if isinstance(block, ListItem) and field.span.contains(block.inline.whole) and block.mark is None
    ]
    depth = min((item.depth for item in inside), default=0)
    return [item for item in inside if item.depth == depth]


def _said(item: ListItem, spec: FieldSpec) -> str:
    text = " ".join(item.inline.text.split())
    if spec.type is not FieldType.REFERENCES:
        return text
    try:
        return ", ".join(read_references(text))
    except BadValue:
        return text


def _lines(site: Site, item: ListItem) -> str:
    return site.source.slice(Span(site.line_start(item.span.start), _end(site, item)))


def _end(site: Site, item: ListItem) -> int:
    return item.span.start + len(site.source.slice(item.span).rstrip())
