"""Which counts are announced above what spells them out: a heading over its parts, a line over a list or listing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import Fence, Heading, ListItem, Paragraph
from docsync.models.claims import TEMPLATE, Scope
from docsync.models.ties import Tie
from docsync.parser.claims.sums.entries import Entry
from docsync.parser.claims.sums.outline import Outline, block_entry, fence_groups, last_entry, list_items, read_outline
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
    outline = read_outline(source.blocks)
    for index, block in source.counting:
        if not isinstance(block, Heading | Paragraph | ListItem):
            continue
        if not (_may_announce(outline, index) or may_be_total(block.inline.text)):
            continue
        scope = source.scopes.of(index)
        if scope.as_of != TEMPLATE:
            yield from _announced(outline, index, scope)
            yield from totals_below(outline, index, scope)


def _may_announce(outline: Outline, index: int) -> bool:
    """Tell whether something stands below a block that may spell it out, before the block is read."""
    block = outline.blocks[index]
    after = outline.blocks[index + 1] if index + 1 < len(outline.blocks) else None
    if isinstance(block, ListItem):
        return after is not None and after.item == index
    return isinstance(block, Heading) or isinstance(after, ListItem | Fence)


def _announced(outline: Outline, index: int, scope: Scope) -> list[Tie]:
    if not _may_announce(outline, index):
        return []
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
    leads: list[Entry] = []
    for at in range(index + 1, len(outline.blocks)):
        block = outline.blocks[at]
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph) and block.item < 0 and block.inline.text.startswith("**"):
            lead = last_entry(block)
            leads.extend([lead] if _introduces(lead) else [])
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
