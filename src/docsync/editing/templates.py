"""Where a key-value can be added to a body or taken out of it, and how its line looks beside the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from docsync.editing.children import below
from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.blocks import ListItem, Paragraph
from docsync.models.records import Field
from docsync.models.schema import field_key
from docsync.text.edits import Edit
from docsync.text.spans import Span

_BREAK = re.compile(r"(?:[ ]{2,}|\\)\Z")
_MARKER = re.compile(r"[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])")


class _Line(Struct, frozen=True):
    """Hold a key-value that stands on one line: what is before the key, between key and value, and whether in an item."""

    field: Field
    before: str
    between: str
    item: ListItem | None


def is_nested(site: Site, field: Field) -> bool:
    """Tell whether a field's value is the list below its key."""
    line = site.source.lines.line
    if line(field.key_span.start) != line(field.span.start):
        return True
    return line(field.span.start) != line(max(field.span.start, field.span.end - 1)) and _starts_item(site, field.span.start)


def added(site: Site, name: str, text: str) -> tuple[Edit, ...]:
    """Add a key-value as the others are written: after the last one, or in the next best place that was not tried yet."""
    return _chosen(site, _ways(site, name, text))


def _chosen(site: Site, ways: Iterable[tuple[Edit, ...]]) -> tuple[Edit, ...]:
    distinct = tuple(dict.fromkeys(ways))
    return distinct[min(site.way, len(distinct) - 1)]


def _ways(site: Site, name: str, text: str) -> Iterator[tuple[Edit, ...]]:
    for anchors in _anchors(site):
        template = _template(anchors, anchors[-1])
        new = f"{_key(site, name, template)}{template.between}{text}"
        if _is_closed(site, anchors[-1]):
            yield _after(site, anchors, template, new)
        yield _before(site, anchors, template, new)
    yield from ((each,) for each in _firsts(site, name, text))


def _anchors(site: Site) -> Iterator[list[_Line]]:
    """Give the key-values beside which a new one can stand: those that the kind knows, then all that have no list below.

    Those whose value goes on below their line come last.
    """
    own = sorted(_lines_of(site, site.record.fields.values()), key=lambda each: each.field.span)
    beside = [each for each in own if not is_nested(site, each.field)]
    known = [each for each in beside if each.field.name in site.spec.fields]
    closed = ([each for each in anchors if _is_closed(site, each)] for anchors in (known, beside))
    yield from (anchors for anchors in (*closed, known, beside) if anchors)


def _is_closed(site: Site, line: _Line) -> bool:
    """Tell whether a value ends where its line does: what follows an empty one, or goes on below it, belongs to it, too."""
    if line.item is not None:
        return True
    raw = line.field.raw.rstrip("*_` \t\r\n")
    end = site.source.lines.line(max(line.field.span.start, line.field.span.end - 1))
    if not raw or raw.endswith(":") or end >= site.source.lines.count:
        return bool(raw) and not raw.endswith(":")
    following = site.source.slice(site.source.lines.line_span(end + 1)).strip()
    keys = {site.source.lines.line(field.key_span.start) for field in site.record.fields.values()}
    return not following or following.startswith(("#", "<!--")) or end + 1 in keys


def _apart(site: Site) -> bool:
    """Tell whether each key-value has a paragraph of its own: here, else in the first record beside it that has several."""
    for record in (site.record, *site.facts.records):
        fields = [each.field for each in _lines_of(site, record.fields.values()) if each.item is None]
        places = [_paragraph_end(site, each.key_span) for each in fields if not is_nested(site, each)]
        if record.home is site.record.home and len(places) > 1:
            return len(set(places)) == len(places)
    return False


def _after(site: Site, own: Sequence[_Line], template: _Line, new: str) -> tuple[Edit, ...]:
    last = own[-1]
    if last.item is None:
        return _in_paragraph(site, own, last, template, new)
    end = _end(site, last.item)
    return (Edit(Span(end, end), f"{site.newline_at(last.item.span.start)}{template.before}{new}"),)


def _before(site: Site, own: Sequence[_Line], template: _Line, new: str) -> tuple[Edit, ...]:
    first = own[0].field
    start = site.line_start(first.key_span.start)
    newline = site.newline_at(start)
    if own[0].item is None and (_apart(site) or not _is_closed(site, own[0])):
        return (Edit(Span(start, start), f"{template.before}{new}{newline}{newline}"),)
    tail = "" if own[0].item else _usual_break(site)
    return (Edit(Span(start, start), f"{template.before}{new}{tail}{newline}"),)


def as_nested(site: Site, name: str, written: Field | None, items: Sequence[str]) -> tuple[Edit, ...]:
    """Write a list of several items below its key, as bullets."""
    if written is None:
        return _chosen(site, _nested_ways(site, name, items))
    item = item_around(site, written.key_span)
    if item is None:
        raise Uneditable(f"{site.where}: there is room for one {name} only; make it a list below its key first")
    start = written.span.start - len(_blank_before(site, written.span.start))
    lead = site.source.slice(Span(site.line_start(written.key_span.start), written.key_span.start))
    return (Edit(Span(start, written.span.end), _bullets(lead, items, site.newline_at(start))),)


def _nested_ways(site: Site, name: str, items: Sequence[str]) -> Iterator[tuple[Edit, ...]]:
    """Give the places for a key with a list below it: after the last bullet, after the last paragraph, below the lead."""
    for anchors in _anchors(site):
        last = anchors[-1]
        template = _template(anchors, last)
        newline, key = site.newline_at(last.field.span.start), _key(site, name, template)
        if last.item is not None:
            end = _end(site, last.item)
            head = f"{newline}{template.before}{key}{template.between.rstrip()}"
            yield (Edit(Span(end, end), head + _bullets(template.before, items, newline)),)
        else:
            end = _paragraph_end(site, last.field.span)
            head = f"{newline}{newline}{template.before}{key}{template.between.rstrip()}{newline}"
            yield (Edit(Span(end, end), head + "".join(f"{newline}- {item}" for item in items)),)
    for first in _firsts(site, name, ""):
        head = first.text.rstrip()
        newline = site.newline_at(first.span.start)
        gap = newline if first.text.endswith(("\n", "\r")) else ""
        yield (Edit(first.span, head + _bullets(head.rpartition("\n")[2], items, newline) + gap),)


def _paragraph_end(site: Site, span: Span) -> int:
    found = [block.span for block in site.blocks if isinstance(block, Paragraph) and block.span.contains(span)]
    whole = found[-1] if found else span
    return whole.start + len(site.source.slice(whole).rstrip())


def removed(site: Site, field: Field) -> tuple[Edit, ...]:
    """Take a key-value out with its line."""
    item = item_around(site, field.key_span)
    lines = [each.field for each in _lines_of(site, site.record.fields.values())]
    line = site.source.lines.line(field.key_span.start)
    if any(site.source.lines.line(other.key_span.start) == line for other in lines if other is not field):
        raise Uneditable(f"{site.where}: {field.name} shares its line with another field; take it out by hand")
    if item is not None and not item.span.contains(site.record.span):
        start, end = site.line_start(item.span.start), _end(site, item)
    else:
        start, end = site.line_start(field.key_span.start), site.line_end(max(field.span.end - 1, field.key_span.start))
    before = site.line_end(start - 1) if start else 0
    if item is None and not _BREAK.search(site.source.slice(Span(start, end))):
        # The line before broke for this one, unless yet another follows.
        before -= len(_hard_break(site.source.slice(Span(site.line_start(before), before))))
    return (Edit(Span(before, end), "") if start else Edit(Span(0, site.source.lines.line_span(line).end), ""),)


def item_around(site: Site, span: Span) -> ListItem | None:
    """Give the innermost list item around a span."""
    found = (block for block in site.blocks if isinstance(block, ListItem) and block.span.contains(span))
    return max(found, key=lambda block: block.span.start, default=None)


def _lines_of(site: Site, fields: Iterable[Field]) -> Iterator[_Line]:
    """Give the key-values of a record whose key stands before its value."""
    for field in fields:
        if field.key_span == field.span or field.key_span.end > field.span.start:
            continue
        start = site.line_start(field.key_span.start)
        before = site.source.slice(Span(start, field.key_span.start))
        if before.lstrip(" \t>").startswith("#"):
            continue
        between = site.source.slice(Span(field.key_span.end, field.span.start))
        yield _Line(field, before, between, item_around(site, field.key_span))


def _template(lines: Sequence[_Line], last: _Line) -> _Line:
    """Choose the line to write a new one like: the last of its sort whose value stands beside the key."""
    alike = [each for each in lines if (each.item is None) == (last.item is None)]
    beside = [each for each in alike if each.field.raw[:1].strip() and not {"\n", "\r"} & set(each.between)]
    whole = [each for each in beside if not any(character.isalnum() for character in each.before)]
    if whole:
        return whole[-1]
    return _Line(last.field, last.before, _bare_gap(last.between), last.item)


def _bare_gap(between: str) -> str:
    return f"{between.split(chr(10), 1)[0].rstrip()} "


def _in_paragraph(site: Site, own: Sequence[_Line], last: _Line, template: _Line, text: str) -> tuple[Edit, ...]:
    line = site.source.lines.line
    same = [each for each in own if line(each.field.key_span.start) == line(last.field.key_span.start) and each is not last]
    if same:
        previous = max(same, key=lambda each: each.field.span)
        gap = site.source.slice(Span(previous.field.span.end, last.field.key_span.start))
        end = last.field.span.end
        return (Edit(Span(end, end), f"{gap}{text}"),)
    end = site.line_end(max(last.field.span.start, last.field.span.end - 1))
    if _apart(site):
        return (Edit(Span(end, end), f"{site.newline_at(end) * 2}{template.before}{text}"),)
    here = site.source.slice(Span(site.line_start(end), end))
    usual = _usual_break(site)
    lead, tail = ("", usual) if _hard_break(here) else (usual, "")
    return (Edit(Span(end, end), f"{lead}{site.newline_at(end)}{template.before}{text}{tail}"),)


def _usual_break(site: Site) -> str:
    """Give how the lines of a record's paragraphs break: two blanks where there is but one line to tell from."""
    own = [each for each in _lines_of(site, site.record.fields.values()) if each.item is None]
    breaks = [_hard_break(_line_at(site, each.field.span.start)) for each in own]
    return next((each for each in breaks if each), "  " if len(own) == 1 else "")


def _firsts(site: Site, name: str, text: str) -> Iterator[Edit]:
    """Add the first key-value of a body, as those of the other records are written, else as bullets."""
    lead = site.lead
    if lead is None:
        raise Uneditable(f"{site.where}: there is no place for {name}; add it by hand")
    model = next(_models(site), None)
    key = _key(site, name, model)
    if isinstance(lead, ListItem):
        decoration = _MARKER.sub("", model.before, count=1).strip() if model else ""
        yield from below(site, lead, f"{decoration}{key}{model.between if model else ': '}{text}")
        return
    between = model.between if model else "**: "
    newline = site.newline_at(lead.span.start)
    end = lead.span.start + len(site.source.slice(lead.span).rstrip())
    before = model.before if model and model.item is not None else "- **"
    follows = site.source.lines.line_span(min(site.source.lines.line(end) + 1, site.source.lines.count))
    gap = newline if site.source.slice(follows).strip() and follows.start > end else ""
    yield Edit(Span(end, end), f"{newline}{newline}{before}{key}{between}{text}{gap}")


def _models(site: Site) -> Iterator[_Line]:
    for record in site.facts.records:
        if record.home is site.record.home and record.kind == site.record.kind:
            yield from (
                each
                for each in _lines_of(site, record.fields.values())
                if "\n" not in each.between and "\r" not in each.between and each.item is not None
            )


def _key(site: Site, name: str, model: _Line | None) -> str:
    """Spell a key as another record of the document does, else in the case of the keys that stand there."""
    for record in site.facts.records:
        field = record.fields.get(name)
        if (
            record.kind == site.record.kind
            and field
            and field.key_span.end <= field.span.start
            and field.key_span != field.span
        ):
            return site.source.slice(field.key_span)
    words = name.replace("_", " ")
    if model is None:
        return words.capitalize()
    text = site.source.slice(model.field.key_span)
    if text.islower():
        return words
    if text.isupper():
        return words.upper()
    return words.title() if " " in text and text.istitle() and field_key(text) else words.capitalize()


def _bullets(lead: str, items: Sequence[str], newline: str) -> str:
    found = _MARKER.search(lead)
    marker = found[0] if found and found[0] in "-*+" else "-"
    indent = lead[: found.start()] if found else ""
    width = len(found[0]) + 1 if found else 2
    return "".join(f"{newline}{indent}{' ' * width}{marker} {item}" for item in items)


def _blank_before(site: Site, offset: int) -> str:
    text = site.source.slice(Span(site.line_start(offset), offset))
    return text[len(text.rstrip(" \t")) :]


def _starts_item(site: Site, offset: int) -> bool:
    return any(isinstance(block, ListItem) and block.inline.whole.start == offset for block in site.blocks)


def _end(site: Site, item: ListItem) -> int:
    return item.span.start + len(site.source.slice(item.span).rstrip())


def _line_at(site: Site, offset: int) -> str:
    return site.source.slice(Span(site.line_start(offset), site.line_end(offset)))


def _hard_break(line: str) -> str:
    found = _BREAK.search(line)
    return found[0] if found else ""
