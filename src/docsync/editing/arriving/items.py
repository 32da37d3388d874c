"""How a new record reads as an item of a list, behind the last one that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from docsync.editing.arriving.newcomer import Newcomer, newest_first, on_line
from docsync.editing.arriving.sections import key_of
from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.blocks import ListItem
from docsync.models.status import Status
from docsync.text.edits import Edit
from docsync.text.spans import Span

_BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<sign>[-*+]|(?P<number>\d{1,9})(?P<dot>[.)]))(?P<gap>[ \t]+)")
_BEHIND_ID = re.compile(r"[*_`~]{0,3}(?:\s?[:：–—.-]{1,3}\s|\s)")
_WRAP = re.compile(r"[*_`~]{0,3}\Z")
_MARKS: Final[Mapping[Status, str]] = {
    Status.PENDING: " ",
    Status.RESOLVED: "x",
}
"""What a checkbox can say; the rest is written below it."""


def insertion(newcomer: Newcomer, model: Site) -> Edit:
    """Give the edit that adds an item to the list of a model; raises Uneditable where that list cannot be found."""
    last = _last(model)
    line = model.source.slice(Span(model.line_start(last.span.start), model.line_end(last.span.start)))
    bullet = _BULLET.match(line)
    if bullet is None:
        raise Uneditable(f"{model.where}: the list of {model.record.id} stands inside something; add the item by hand")
    newline = model.newline_at(last.span.start)
    text = newline.join(_lines(newcomer, model, last, bullet))
    loose = newline if _is_loose(model, last) else ""
    if newest_first(model) and model.lead and not bullet["number"]:
        start = model.line_start(model.lead.span.start)
        return Edit(Span(start, start), f"{text}{newline}{loose}")
    end = _end_of(model, last)
    return Edit(Span(end, end), f"{newline}{loose}{text}")


def _last(model: Site) -> ListItem:
    """Give the last item of the list that the model belongs to."""
    lead = model.lead
    if not isinstance(lead, ListItem):
        raise Uneditable(f"{model.where}: the item of {model.record.id} is not found any more; run again")
    same = [block for block in model.blocks if isinstance(block, ListItem) and block.list_start == lead.list_start]
    return same[-1]


def _end_of(model: Site, item: ListItem) -> int:
    """Give where an item ends, with all that it holds."""
    at = model.blocks.index(item)
    held, end = {at}, item.span.end
    for index, block in enumerate(model.blocks[at + 1 :], at + 1):
        if block.item not in held:
            break
        held.add(index)
        end = max(end, block.span.end)
    start = item.span.start
    return start + len(model.source.text[start:end].rstrip(" \t\r\n"))


def _is_loose(model: Site, last: ListItem) -> bool:
    """Tell whether a blank line parts the items of a list."""
    before = model.source.text[: model.line_start(last.span.start)].split("\n")
    first = last.span.start == last.list_start
    return not first and len(before) > 1 and not before[-2].strip()


def _lines(newcomer: Newcomer, model: Site, last: ListItem, bullet: re.Match[str]) -> Iterator[str]:
    number = int(bullet["number"]) + 1 if bullet["number"] else 0
    sign = f"{number}{bullet['dot']}" if number else bullet["sign"]
    boxed = last.mark is not None
    status = newcomer.values.get("status")
    mark = _MARKS.get(Status(str(status))) if status else " "
    box = f"[{mark if mark is not None else ' '}] " if boxed else ""
    yield f"{bullet['indent']}{sign}{bullet['gap']}{box}{_named(newcomer, model)}".rstrip()
    inside = bullet["indent"] + " " * (len(sign) + len(bullet["gap"]))
    for name in newcomer.fields():
        told = name == "status" and boxed and mark is not None
        if not told and newcomer.values[name] != []:
            yield f"{inside}- {key_of(newcomer, name, model)}: {on_line(newcomer, name, model)}"
    for criterion in newcomer.criteria:
        yield f"{inside}- [ ] {criterion}"


def _named(newcomer: Newcomer, model: Site) -> str:
    """Write id and title parted as the model's are."""
    lead = model.lead
    behind, wrap = ": ", ""
    if lead is not None:
        whole = lead.inline.whole
        found = _WRAP.search(model.source.slice(Span(whole.start, model.record.span.start)))
        wrap = found[0] if found else ""
        parted = _BEHIND_ID.match(model.source.slice(Span(model.record.span.end, whole.end)))
        behind = parted[0] if parted else behind
        if not behind.startswith(wrap[::-1]):
            wrap = ""
            behind = behind.lstrip("*_`~") or " "
    return f"{wrap}{newcomer.id}{behind}{newcomer.title}" if newcomer.title else f"{wrap}{newcomer.id}{wrap[::-1]}"
