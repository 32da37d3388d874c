"""How a new record reads as a section, and where it goes among those that are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from docsync.editing.arriving.newcomer import Newcomer, newest_first, on_line
from docsync.editing.scalars import one_line
from docsync.editing.site import Site
from docsync.models.blocks import Heading, Rule
from docsync.models.records import Record
from docsync.models.schema import FieldType
from docsync.text.edits import Edit
from docsync.text.spans import Span

_BEFORE_KEY = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?")
_AFTER_KEY = re.compile(r"(?:\*\*|__)?[:：](?:\*\*|__)?[ \t]+|[:：]?(?:\*\*|__)[:：]?[ \t]+")
_LINE = re.compile(r"[^\r\n]*")
_BEFORE_ID = re.compile(r"(?P<word>(?:[A-Za-z]{1,30} )?)(?P<wrap>[*_`~]{0,3})\Z")
_AFTER_ID = re.compile(r"[*_`~]{0,3}(?:\s{0,2}[:：–—.|-]{1,3}\s{1,2}|\s{1,2})")
_CLOSES = re.compile(r"[)\]]?[*_`]*")
_DEFAULT_LEVEL: Final = 2


class _Style(NamedTuple):
    """Hold what stands before a key and between it and its value."""

    before: str = "- **"
    after: str = "**: "


def level_of(model: Site | None) -> int:
    """Give the level of the heading that begins a section home."""
    return model.lead.level if model and isinstance(model.lead, Heading) else _DEFAULT_LEVEL


def heading(newcomer: Newcomer, model: Site | None) -> str:
    """Give the heading of a new section, with its id and title parted as those of its model are."""
    before, after = _around_id(model)
    title = newcomer.title
    if name := _dated(newcomer, model):
        return f"{'#' * level_of(model)} {before}{newcomer.id}{name}"
    name = (
        f"{before}{newcomer.id}{after}{title}" if title else f"{before}{newcomer.id}{after.rstrip().rstrip(':-–—.|').rstrip()}"
    )
    return f"{'#' * level_of(model)} {name}"


def lines(newcomer: Newcomer, model: Site | None) -> str:
    """Give the fields of a new section, each on its line, with keys and signs as its model writes them."""
    style, headed = _style(model), _in_heading(newcomer, model)
    names = (name for name in newcomer.fields() if name != headed)
    return "\n".join(line for name in names for line in _field(newcomer, name, model, style))


def insertion(model: Site, text: str) -> Edit:
    """Give the edit that puts a section behind its model's, before whatever comes next, and moves no other byte.

    Where the newest stands first, it goes before the model's.
    """
    newline = model.newline_at(model.record.span.start)
    if newest_first(model) and (first := _before(model, text, newline)):
        return first
    at = _end_of(model)
    rule = f"{newline}{newline}{_rule_between(model)}" if _rule_between(model) else ""
    return Edit(Span(at, at), f"{rule}{newline}{newline}{text.strip(chr(10)).replace(chr(10), newline)}")


def _before(model: Site, text: str, newline: str) -> Edit | None:
    """Put a section before its model's; None where a comment stands above that, which speaks of it."""
    lead = model.lead
    if lead is None or model.source.text[: lead.span.start].rstrip().endswith("-->"):
        return None
    at, end = model.line_start(lead.span.start), _end_of(model)
    inside = (block for block in model.blocks if isinstance(block, Rule) and lead.span.end <= block.span.start < end)
    rules = [_LINE.match(model.source.text, block.span.start) for block in inside if not block.quote and block.item < 0]
    rule = f"{rules[-1][0].rstrip()}{newline}{newline}" if rules and rules[-1] else ""
    body = text.strip(chr(10)).replace(chr(10), newline)
    return Edit(Span(at, at), f"{body}{newline}{newline}{rule}")


def at_end(text: str, body: str, newline: str) -> Edit:
    """Give the edit that puts the first section of its kind at the end of a document; a missing last line end stays missing."""
    at = len(text.rstrip(" \t\r\n"))
    lead = newline * 2 if at else ""
    return Edit(Span(at, at), f"{lead}{body.strip(chr(10)).replace(chr(10), newline)}")


def key_of(newcomer: Newcomer, name: str, model: Site | None) -> str:
    """Give the key of a field as the records around a model write it, else in words."""
    spellings = Counter(_written_key(model, one, name) for one in _beside(model) if name in one.fields) if model else Counter()
    del spellings[""]
    found = spellings.most_common(1)
    return found[0][0] if found else newcomer.field(name).name.replace("_", " ").capitalize()


def _field(newcomer: Newcomer, name: str, model: Site | None, style: _Style) -> Iterator[str]:
    key = key_of(newcomer, name, model)
    value = newcomer.values[name]
    if isinstance(value, list) and newcomer.field(name).type is FieldType.LIST and len(value) > 1:
        bullet = style.before.lstrip()[:2] in ("- ", "* ", "+ ")
        yield f"{style.before}{key}{style.after}".rstrip()
        if not bullet:
            yield ""
        yield from (f"{'  ' if bullet else ''}- {one_line(item)}" for item in value)
        return
    yield f"{style.before}{key}{style.after}{on_line(newcomer, name, model)}"


def _style(model: Site | None) -> _Style:
    """Give the commonest way in which the fields around a model are written."""
    found = Counter(style for one in _beside(model) for style in _styles(model, one)) if model else Counter[_Style]()
    return found.most_common(1)[0][0] if found else _Style()


def _styles(model: Site, record: Record) -> Iterator[_Style]:
    for written in record.fields.values():
        start = model.line_start(written.key_span.start)
        before = model.source.slice(Span(start, written.key_span.start))
        between = model.source.slice(Span(written.key_span.end, written.span.start)) if written.span > written.key_span else ""
        if _BEFORE_KEY.fullmatch(before) and _AFTER_KEY.fullmatch(between):
            yield _Style(before, between)


def _beside(model: Site) -> tuple[Record, ...]:
    """Give the records of the model's kind and form in its document."""
    return tuple(one for one in model.facts.records if one.kind == model.record.kind and one.home is model.record.home)


def _written_key(model: Site, record: Record, name: str) -> str:
    written = record.fields[name]
    return "" if written.key_span == written.span else model.source.slice(written.key_span)


def _around_id(model: Site | None) -> tuple[str, str]:
    """Give what stands before and behind the id in a model's heading, its own sign or checkbox left out."""
    lead = model.lead if model else None
    if model is None or lead is None:
        return "", ": "
    at, whole = model.record.span, lead.inline.whole
    before = _BEFORE_ID.search(model.source.slice(Span(whole.start, at.start)))
    after = _AFTER_ID.match(model.source.slice(Span(at.end, whole.end))) if model.record.title else None
    word, wrap = (before["word"], before["wrap"]) if before else ("", "")
    names = (model.spec.name, *model.spec.nouns)
    parts = after[0] if after else ": "
    return f"{word if word.strip().casefold() in names else ''}{wrap if wrap and parts.startswith(wrap[::-1]) else ''}", parts


def _in_heading(newcomer: Newcomer, model: Site | None) -> str:
    """Name the field that the model's heading says beside id and title, empty for none."""
    names = (name for name, spec in newcomer.spec.fields.items() if spec.in_heading and newcomer.values.get(name))
    name = next(names, "")
    written = model.record.fields.get(name) if model else None
    return name if written and written.key_span == written.span else ""


def _dated(newcomer: Newcomer, model: Site | None) -> str:
    """Give what follows the id in a heading that says a day as its model does; empty where that says none."""
    name = _in_heading(newcomer, model)
    written = model.record.fields.get(name) if model else None
    if model is None or model.lead is None or written is None:
        return ""
    whole, said = model.lead.inline.whole, model.record.title
    ahead = model.source.slice(Span(model.record.span.end, written.span.start))
    day = on_line(newcomer, name, model)
    closing = _CLOSES.match(model.source.slice(Span(written.span.end, whole.end)))
    behind = closing[0] if closing else ""
    if said and said in ahead:
        first, _, sign = ahead.partition(said)
        return f"{first}{newcomer.title}{sign}{day}{behind}" if newcomer.title else f"{sign}{day}{behind}"
    if not newcomer.title:
        return f"{ahead}{day}{behind}"
    rest = model.source.slice(Span(written.span.end, whole.end)).removeprefix(behind)
    parts = rest.partition(said)[0] if said and said in rest else ""
    return f"{ahead}{day}{behind}{parts if parts.strip() else ': '}{newcomer.title}"


def _end_of(model: Site) -> int:
    """Give where a model's section ends: behind its last character, before a heading of its level or a region around one."""
    source, lead = model.source, model.lead
    level = lead.level if isinstance(lead, Heading) else 1
    start = lead.span.end if lead else model.record.span.end
    after = (
        block.span.start
        for block in model.blocks
        if isinstance(block, Heading)
        and block.span.start >= start
        and block.level <= level
        and block.item < 0
        and not block.quote
    )
    end = next(after, len(source.text))
    for region in model.facts.regions:
        if start <= region.begin.start < end < region.end.end:
            end = region.begin.start
    return start + len(source.text[start:end].rstrip(" \t\r\n"))


def _rule_between(model: Site) -> str:
    """Give the line that parts the sections of a document, where one stands before the model's section and none behind it."""
    lead = model.lead
    if lead is None:
        return ""
    end = _end_of(model)
    rules = [block for block in model.blocks if isinstance(block, Rule) and block.item < 0 and not block.quote]
    if any(lead.span.end <= rule.span.start < end for rule in rules):
        return ""
    before = [
        rule
        for rule in rules
        if rule.span.end <= lead.span.start and not model.source.text[rule.span.end : lead.span.start].strip()
    ]
    found = _LINE.match(model.source.text, before[-1].span.start) if before else None
    return found[0].rstrip() if found else ""
