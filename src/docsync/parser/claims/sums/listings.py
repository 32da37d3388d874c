"""Which counts are announced above what spells them out: a heading over its parts, a line over a list or listing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import TEXTS, Fence, Heading, ListItem, Paragraph, Text
from docsync.models.claims import TEMPLATE, Scope
from docsync.models.ties import Tie
from docsync.parser.claims.sums.entries import Entry
from docsync.parser.claims.sums.outline import Outline, block_entry, fence_groups, last_entry, list_items
from docsync.parser.claims.sums.spelled import Group, announces, spelled
from docsync.parser.claims.sums.totals_below import is_total, may_be_total, totals_below
from docsync.parser.claims.tie_source import TieSource

_FEWEST = 2
_WORDS: Final = {
    word: count
    for count, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)  # noqa: SIM905
}
_SOME = re.compile(rf"\b({'|'.join(_WORDS)})\b(?=\s)", re.IGNORECASE)


def listed_counts(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each announced count whose parts are spelled out."""
    outline = source.outline
    for index, block in source.counting:
        if not isinstance(block, TEXTS):
            continue
        may_announce = _may_announce(outline, index, block)
        if not may_announce and not may_be_total(block.inline.text):
            continue
        scope = source.scopes.of(index)
        if scope.as_of != TEMPLATE:
            yield from _announced(outline, index, scope) if may_announce else ()
            yield from totals_below(outline, index, scope)


def _may_announce(outline: Outline, index: int, block: Text) -> bool:
    """Tell whether something stands below a block that may spell it out, before the block is read."""
    below = outline.blocks[index + 1] if index + 1 < len(outline.blocks) else None
    if below is None or (isinstance(block, ListItem) and below.item != index):
        return False
    if isinstance(block, Heading) and any(outline.may_add_up(parts.get(index, ())) for parts in (outline.below, outline.leads)):
        return True
    return index + 1 in outline.numbered if isinstance(below, Fence) else outline.may_add_up(list_items(outline, index + 1))


def _announced(outline: Outline, index: int, scope: Scope) -> list[Tie]:
    block = outline.blocks[index]
    if isinstance(block, Paragraph):
        line = last_entry(block)
        return _over(outline, line, index + 1, scope) if _introduces(line) and announces(line, above=True) else []
    entry = block_entry(block)
    if entry is None or not announces(entry, above=True) or is_total(entry):
        return []
    found = _over_parts(outline, entry, index, scope) or _over(outline, entry, index + 1, scope)
    return found or (_over_leads(outline, entry, index, scope) if isinstance(block, Heading) else [])


def _over_leads(outline: Outline, entry: Entry, index: int, scope: Scope) -> list[Tie]:
    """Compare a heading with the bold lines that divide its section: `**Core (9 files)**:`."""
    paragraphs = (block for at in outline.leads.get(index, ()) if isinstance(block := outline.blocks[at], Paragraph))
    leads = [lead for paragraph in paragraphs if _introduces(lead := last_entry(paragraph))]
    # What stands last may be beside the count: `13 new files`, and the documents that were changed.
    sizes = (len(leads), len(leads) - 1) if len(leads) > _FEWEST else (len(leads),)
    return spelled(entry, [Group(leads[:size], "the lines that divide its section") for size in sizes], scope)


def _over_parts(outline: Outline, entry: Entry, index: int, scope: Scope) -> list[Tie]:
    """Compare a heading with the headings right below it."""
    parts = [part for at in outline.below.get(index, ()) if (part := block_entry(outline.blocks[at]))]
    ties = spelled(entry, [Group(parts, "the headings right below it")], scope)
    return (
        [replace(tie, sure=tie.sure and tie.high >= tie.stated.value) for tie in ties]
        if _more_are(outline, index, parts)
        else ties
    )


def _more_are(outline: Outline, index: int, parts: Sequence[Entry]) -> bool:
    """Tell whether the text between a heading and its parts speaks of more things than there are parts."""
    first = next(iter(outline.below.get(index, ())), index)
    texts = [block.inline.text for block in outline.blocks[index + 1 : first] if isinstance(block, Paragraph)]
    counts = (_WORDS.get(found[1].lower(), 0) for text in texts for found in _SOME.finditer(text))
    return any(count > len(parts) for count in counts)


def _introduces(entry: Entry) -> bool:
    text = entry.label.strip()
    return text.rstrip(" *_").endswith((":", "：")) or (text.startswith("**") and text.endswith("**"))


def _over(outline: Outline, entry: Entry, at: int, scope: Scope) -> list[Tie]:
    """Compare a line with the list or listing that begins right below it."""
    block = outline.blocks[at] if at < len(outline.blocks) else None
    if isinstance(block, Fence):
        return spelled(entry, [Group(group, "the lines of the listing below it") for group in fence_groups(block)], scope)
    if isinstance(block, ListItem):
        items = [item for found in list_items(outline, at) if (item := block_entry(outline.blocks[found]))]
        return spelled(entry, [Group([item for item in items if not is_total(item)], "the items of the list below it")], scope)
    return []
