"""Which items a heading or lead-in announces, and whether they are as many as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from docsync.models.blocks import Heading, Inline, ListItem, Paragraph, Text
from docsync.models.claims import Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.announced import Announced, announced
from docsync.parser.claims.items.fitting import NUMBERED, fits, highest, singular, speaks_of
from docsync.parser.claims.items.following import says_more
from docsync.parser.claims.items.layout import REACH, Group, Layout
from docsync.parser.claims.items.shapes import Item, head_of
from docsync.parser.masking import mask

_PARTIAL = re.compile(
    r"\b(?:includ\w+|such\sas|e\.?g\.?|for\sexample|examples?|key|top|main|major|notabl[ey]|highlights?|primarily|mostly|mainly|some|"
    r"among|most|sample|selected|of\sthe|of\sthese|of\swhich|per|each|every|more|other|additional|remaining|existing|current|"
    r"if|when|should|could|would|needs?|up\sto|at\sleast|max(?:imum)?|min(?:imum)?|first|last|next|only|about|around|"
    r"changed|affected|total\sof|would|scanned|analy[sz]ed|processed|tested|passing|passed|failing|failed|expected)\b|→|->",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"(?:\s+(?:are|were|have\sbeen|now|available|possible|known|\w+ed|found|built|written|run|below|here|as\sfollows|covering|hold|apply|exist|follow|total|in\stotal|each))*"
    r"(?:\s*[,(][^()]*\)?)?[\s:：*_)✅!.-]*\Z",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:across|in|from|for|of|by|to|with|within|over|after|before|on|at|into|through|between|using|via|per|than|under)\s+(?:the\s|all\s|these\s|its\s)?$",
    re.IGNORECASE,
)
_BRACKET_CLOSES = re.compile(r"\s*(?:[,;)]|[-–—]\s)")
_FEWEST = 2


def announced_items(layout: Layout) -> Iterator[Tie]:
    """Give the ties between announced counts and what stands right below."""
    for index, block in layout.leading:
        if not _may_start(block) or layout.source.generated.holds(block.span):
            continue
        for found, groups in _announcements(layout, index, block):
            scope = layout.source.scopes.of(index)
            for tie in _tied(found, groups, block.inline, scope) if scope.comparable else ():
                if tie.high >= tie.stated.value or not layout.goes_on(groups[-1]):
                    yield tie


def _announcements(layout: Layout, index: int, block: Text) -> Iterator[tuple[Announced, list[Group]]]:
    raw = block.inline.text[:REACH]
    text = mask(raw)
    start = _starts(block, text)
    if start < 0:
        return
    found = list(announced(block.inline, text, start, len(text), layout.source.vocabulary))
    if not found:
        return
    if len(found) > 1:
        whole = sum((one.number.value for one in found), Decimal(0))
        found = [replace(one, beside=whole - one.number.value) for one in found]
    groups: list[Group] | None = None
    for one in found:
        if not _announces(block, text, start, one):
            continue
        if groups is None:
            groups = [] if _PARTIAL.search(text, start) else _below(layout, index, block)
        if groups:
            yield one, groups


def _may_start(block: Text) -> bool:
    """Tell, at little cost, whether a block can have an announcing line: of a paragraph, it is bold or ends in a colon."""
    text = block.inline.text
    return type(block) is not Paragraph or text.startswith("**") or ":" in text or "：" in text


def _starts(block: Text, text: str) -> int:
    """Give where the announcing line starts, -1 where the block announces nothing."""
    if isinstance(block, Heading):
        return 0
    line = text.rstrip()
    start = line.rfind("\n") + 1
    if isinstance(block, ListItem):
        return start if start == 0 else -1
    raw = block.inline.text
    bold = raw.startswith("**") and raw.find("**", 2) >= len(raw) - 4
    return start if bold or line.endswith((":", "：")) else -1


def _announces(block: Text, text: str, start: int, one: Announced) -> bool:
    if not one.number.exact:
        return False
    if one.bracketed:
        return _BRACKET_CLOSES.match(text, one.end) is not None
    if (found := _PREPOSITION.search(text[start : one.start])) and not found[0].startswith("with "):
        return False
    if isinstance(block, Heading):
        return not re.search(r"\w", text[start : one.start]) and _CLOSES.match(text, one.end) is not None
    return _CLOSES.match(text, one.end) is not None


def _below(layout: Layout, index: int, block: Text) -> list[Group]:
    if isinstance(block, Heading):
        groups = list(layout.groups(layout.under(index)))
        heads = layout.of_headings(index)
        return groups or ([heads] if heads else [])
    if isinstance(block, ListItem):
        return list(layout.groups(layout.inside(index)))
    group = layout.after(index)
    return [group] if group else []


def _tied(one: Announced, groups: Sequence[Group], inline: Inline, scope: Scope) -> Iterator[Tie]:
    reasons = [fits(one.noun, group) for group in groups]
    if not reasons[0] or (any(reasons[1:]) and len(set(reasons)) > 1):
        return
    items = [item for group, reason in zip(groups, reasons, strict=True) if reason for item in group.items]
    if reasons[0] == NUMBERED and not speaks_of(one.noun, one.title):
        return
    if not one.number.value or any(says_more(head_of(item.text)) for item in items) or _counted_apart(one, items):
        return
    if one.beside and one.number.value + one.beside == len(items):
        return  # `5 sails and 3 masts` over eight items
    names = [item.names for item in items if item.names]
    if len(set(names)) < len(names):
        return  # each stands for one of several rows
    stated, count, high = one.number.value, len(items), highest(reasons[0], items)
    if count < _FEWEST or count * 2 < stated:  # so few are examples
        return
    sure = count > stated or (stated - count) * 5 <= stated * 2
    parts = tuple(Part(item.span, item.label, Decimal(1), Decimal(item.high)) for item in items)
    yield Tie(
        TieKind.ITEMS,
        one.number,
        inline.span(one.start, one.end),
        parts,
        Decimal(count),
        Decimal(high),
        one.noun,
        scope,
        sure,
        (f"{count} items stand right below, and {reasons[0]}",),
    )


def _counted_apart(one: Announced, items: Sequence[Item]) -> bool:
    """Tell whether the items have counts of the same noun, so that they are sub-totals."""
    word = re.compile(rf"\d+\+?\s(?:[\w/-]+\s){{0,2}}?{re.escape(singular(one.noun))}", re.IGNORECASE)
    return any(word.search(item.text) for item in items)
