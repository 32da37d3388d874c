"""Which things without a home a document calls done though it shows, in their own section, that parts of them are open."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from msgspec import Struct

from docsync.models.claims import Form, Mention
from docsync.models.document import Checklist, DocumentFacts
from docsync.models.status import Status
from docsync.project.entities import BEGUN, Stated, circle_of
from docsync.project.index import Project
from docsync.project.things import thing

_WHOLES = frozenset(
    {"phase", "part", "wave", "sprint", "milestone", "stage", "epic", "workstream", "track", "gate", "iteration"}
)
_CRITERIA = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\W+)?(?:(?:acceptance|success|exit|completion)\scriteria|definition\sof\sdone|(?:sub-?|work\s)?tasks?|deliverables?"
    r"|to-?dos?|work\sitems|implementation\s(?:tasks|steps|checklist))\b[^-–—]{0,20}",
    re.IGNORECASE,
)
_MOST_LISTS: Final = 40
"""How many lists below one heading are looked at."""
_OTHERS = re.compile(
    r"\b(?:next|future|remaining|upcoming|follow-?ups?|optional|stretch|deferred|backlog|later|known|risks?|out of scope"
    r"|non-?goals?|prerequisites?|depend|enables|unblocks|impact|blocked)\b",
    re.IGNORECASE,
)

_PUT_OFF: Final = frozenset(
    {
        "moved",
        "deferred",
        "postponed",
        "descoped",
        "optional",
        "later",
        "dropped",
        "skipped",
        "carried",
        "cancelled",
        "canceled",
    }
)
"""Words after an open part's id by which it is no longer one of the whole's: `R9 Dye, moved to phase 3`."""


class Whole(Struct, frozen=True):
    """Hold the status by which a document calls a thing done, and the lists of boxes that are its own."""

    entity: str
    said: Mention
    boxes: tuple[Checklist, ...]


def wholes(project: Project, document: DocumentFacts) -> Iterator[Whole]:
    """Give the things that a heading, or the status right below it, calls done in words, and nothing nearby calls open."""
    own = tuple(filter(_is_own, document.mentions))
    if not own:
        return
    circle = circle_of(project, document.path)
    boxes = _Boxes(document)
    for mention in own:
        entity = circle.get(thing(mention.entity))
        if entity is None or all(one.status is Status.RESOLVED for one in entity.living if one.path == document.path):
            yield Whole(thing(mention.entity), mention, tuple(boxes.of(mention)))


def open_parts(project: Project, document: DocumentFacts) -> Mapping[str, list[Stated]]:
    """Give, by the numbered thing around it, what a document says is open in there and nothing calls done.

    Empty boxes say nothing in a document that ticks none.
    """
    found: dict[str, list[Stated]] = {}
    ticks = any(one.met for one in document.checklists)
    for entity in circle_of(project, document.path).values():
        if any(one.status.is_settled for one in (*entity.living, *entity.over)):
            continue  # its own statuses contradict each other, which is another finding
        for one in entity.living:
            if not _PUT_OFF.isdisjoint(one.gist | one.named) or (not ticks and one.mention.raw.startswith("[ ]")):
                continue
            if one.path == document.path and one.status.is_open and one.mention.raw != BEGUN and not _elsewhere(one.mention):
                for whole in one.mention.scope.entities[:1]:
                    word = whole.partition(" ")[0]
                    if word in _WHOLES and not one.entity.startswith(f"{word} "):
                        found.setdefault(thing(whole), []).append(one)
    return found


def _is_own(mention: Mention) -> bool:
    done = mention.name == "status" and mention.status is Status.RESOLVED and any(map(str.isalpha, mention.raw))
    below = mention.form is Form.KEY_VALUE and mention.entity_span is None
    scope = mention.scope
    if not done or not (mention.form is Form.HEADING or below) or scope.item or not scope.comparable:
        return False
    return below or bool(scope.headings)  # a title speaks of the whole file, whose later sections may speak of what is left


class _Boxes:
    """Find the lists of boxes that belong to a heading; the lists are put in order once."""

    def __init__(self, document: DocumentFacts) -> None:
        headings = {heading.span.start for heading in document.headings}
        self.lists = sorted((one for one in document.checklists if one.span.start in headings), key=lambda one: one.span.start)
        self.starts = [one.span.start for one in self.lists]
        self.headings = sorted(headings)
        self.titles = {heading.span.start: heading.text for heading in document.headings}

    def of(self, mention: Mention) -> Iterator[Checklist]:
        """Give the boxes right below the heading that a status stands in or under, and those of its tasks and criteria."""
        above = bisect_right(self.headings, mention.span.start) - 1
        start = self.headings[above] if above >= 0 else -1
        under = mention.form is Form.HEADING or self.titles.get(start) == "".join(mention.scope.headings[-1:])
        first = bisect_left(self.starts, start)
        if not under or first >= len(self.lists) or self.starts[first] != start:
            return
        section = self.lists[first]
        for one in islice(self.lists, first, first + _MOST_LISTS):
            if one.reach.end > section.reach.end:
                return
            if one.own_total and (one is section or _CRITERIA.fullmatch(one.title)):
                yield one


def _elsewhere(mention: Mention) -> bool:
    """Tell whether a part stands under a heading for what is left to others, or to another time."""
    around = (*mention.scope.headings[-2:], mention.scope.lead, mention.scope.item)
    return any(_OTHERS.search(text) for text in around) or mention.form is Form.PROSE
