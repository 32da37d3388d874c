"""How many boxes are ticked under each heading and each list item."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from docsync.models.blocks import Blocks, Heading, ListItem
from docsync.models.document import Checklist
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.statements import plain
from docsync.text.spans import Span

_MET = frozenset("xX✓✔✅")
_DROPPED = frozenset("~-–—")
_STRUCK = re.compile(r"\s*~~.*~~\W*(?:\([^()]*\))?\W*", re.DOTALL)
_PUT_OFF = re.compile(
    r"""[(\s–—-](?:
      (?<=\()(?:
          (?:[^()]*\s)?(?:deferred|moved|postponed|out\sof\sscope|n/a|not\sapplicable|optional|descoped|skipped|later|future|backlog
            |cancelled|canceled|dropped)\b
        | (?:in\s)?(?:phase|wave|sprint|milestone|release|v)\s?\d[^()]*\)\s*$
        | ongoing\b
      )
    | (?<=[–—-])\s*(?:deferred|moved|postponed|descoped|optional|ongoing|later)\b
    | (?<=\s)(?=t|n)(?:
          (?<=\bdeferred\s)to\b | (?<=\bmoved\s)to\s(?:phase|gate|wave|sprint|v?\d)
        | (?:(?<=\bif\s)|(?<=\bwhen\s)|(?<=\bas\s))(?:needed|necessary|time\s(?:permits|allows))\b
      )
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""A class of signs at its start lets `re` leap over all others."""
_OPTIONAL = re.compile(r"\W*(?:optional(?:ly)?|stretch|bonus|nice[\s-]to[\s-]have)\b", re.IGNORECASE)


class _Count(Struct):
    met: int = 0
    total: int = 0
    deferred: int = 0
    own_met: int = 0
    own_total: int = 0

    def add(self, *, met: bool, deferred: bool, own: bool) -> None:
        self.total += 1
        self.met += met
        self.deferred += deferred
        self.own_total += own
        self.own_met += own and met


def read_checklists(blocks: Blocks, scopes: Scopes, covered: Coverage | None = None) -> Iterator[Checklist]:
    """Give the count for every heading and item that has boxes below it; those in `covered` parts are not counted."""
    counts: defaultdict[int, _Count] = defaultdict(_Count)
    for index, block in blocks.items:
        if block.mark is not None and not (covered and covered.holds_text(block.inline)):
            _count(counts, blocks, scopes, index, block)
    ends = _section_ends(blocks)
    for index in sorted(counts):
        yield _checklist(blocks, scopes, index, counts[index], ends)


def _count(counts: defaultdict[int, _Count], blocks: Blocks, scopes: Scopes, index: int, item: ListItem) -> None:
    """Add one box to all that it stands in: the items around it, its heading and that heading's own."""
    text = item.inline.text
    if item.mark in _DROPPED or ("~~" in text and _STRUCK.fullmatch(text)):
        return
    met = item.mark in _MET
    deferred = not met and _is_put_off(text)
    own = True
    at, last = scopes.item_of(index), index
    while at >= 0:
        counts[at].add(met=met, deferred=deferred, own=own)
        block = blocks[at]
        own = own and not (isinstance(block, ListItem) and block.mark is not None)
        at, last = scopes.item_of(at), at
    at = blocks[last].section
    while at >= 0:
        counts[at].add(met=met, deferred=deferred, own=own)
        own = False
        at = blocks[at].section


def _is_put_off(text: str) -> bool:
    return _PUT_OFF.search(text) is not None or _OPTIONAL.match(text) is not None


def _section_ends(blocks: Blocks) -> dict[int, int]:
    """Give, for each heading, the offset where its section ends."""
    ends: dict[int, int] = {}
    open_: list[tuple[int, int]] = []
    for index, block in blocks.headings:
        while open_ and open_[-1][1] >= block.level:
            ends[open_.pop()[0]] = block.span.start
        open_.append((index, block.level))
    last = max((block.span.end for block in blocks[-1:]), default=0)
    ends.update((index, last) for index, _ in open_)
    return ends


def _checklist(blocks: Blocks, scopes: Scopes, index: int, count: _Count, ends: dict[int, int]) -> Checklist:
    block = blocks[index]
    text = block.inline if isinstance(block, Heading | ListItem) else None
    reach = Span(block.span.start, ends[index]) if isinstance(block, Heading) else block.span
    return Checklist(
        title=plain(text.text.split("\n")[0]) if text else "",
        span=text.whole if text else block.span,
        reach=reach,
        met=count.met,
        total=count.total,
        deferred=count.deferred,
        own_met=count.own_met,
        own_total=count.own_total,
        scope=scopes.within(index) if isinstance(block, ListItem) else scopes.under(index),
        ticked=block.mark in _MET if isinstance(block, ListItem) and block.mark not in (None, *_DROPPED) else None,
    )
