"""Which things without a home a document calls done though it shows, in their own section, that parts of them are open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docsync.models.claims import Form, Mention
from docsync.models.document import Checklist, DocumentFacts
from docsync.models.status import Status
from docsync.project.circles import circles
from docsync.project.entities import BEGUN, Stated, entities, thing
from docsync.project.index import Project

_WHOLES = frozenset(
    {"phase", "part", "wave", "sprint", "milestone", "stage", "epic", "workstream", "track", "gate", "iteration"}
)
_CRITERIA = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\W+)?(?:(?:acceptance|success|exit|completion)\scriteria|definition\sof\sdone|(?:sub-?|work\s)?tasks?|deliverables?"
    r"|to-?dos?|work\sitems|implementation\s(?:tasks|steps|checklist))\b[^-–—]{0,20}",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:next|future|remaining|upcoming|follow-?ups?|optional|stretch|deferred|backlog|later|known|risks?|out of scope"
    r"|non-?goals?|prerequisites?|depend|enables|unblocks|impact|blocked)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Whole:
    """Hold the status by which a document calls a thing done, and the lists of boxes that are its own."""

    entity: str
    said: Mention
    boxes: tuple[Checklist, ...]


def wholes(project: Project, document: DocumentFacts) -> Iterator[Whole]:
    """Give the things that a heading, or the status right below it, calls done in words, and nothing nearby calls open."""
    circle = entities(project)[circles(project)[document.path]]
    by_line = {document.lines.line(one.span.start): one for one in document.checklists}
    for mention in document.mentions:
        if not _is_own(mention) or not mention.scope.comparable:
            continue
        if mention.form is Form.HEADING and len(mention.scope.headings) == 0:
            continue  # a title speaks of the whole file, whose later sections may speak of what is left
        entity = circle.get(thing(mention.entity))
        if entity is None or all(one.status is Status.RESOLVED for one in entity.living if one.path == document.path):
            line = document.lines.line(mention.span.start)
            heading = line if mention.form is Form.HEADING else _heading_above(document, mention)
            yield Whole(thing(mention.entity), mention, tuple(_own_boxes(document, by_line.get(heading))))


def open_parts(project: Project, document: DocumentFacts) -> Mapping[str, list[Stated]]:
    """Give, by the numbered thing around it, what a document says is open in there and nothing calls done."""
    found: dict[str, list[Stated]] = {}
    for entity in entities(project)[circles(project)[document.path]].values():
        if any(one.status.is_settled for one in (*entity.living, *entity.over)):
            continue  # its own statuses contradict each other, which is another finding
        for one in entity.living:
            if one.path == document.path and one.status.is_open and one.mention.raw != BEGUN and not _elsewhere(one.mention):
                for whole in one.mention.scope.entities[:1]:
                    word = whole.partition(" ")[0]
                    if word in _WHOLES and not one.entity.startswith(f"{word} "):
                        found.setdefault(thing(whole), []).append(one)
    return found


def _is_own(mention: Mention) -> bool:
    done = mention.name == "status" and mention.status is Status.RESOLVED and any(map(str.isalpha, mention.raw))
    below = mention.form is Form.KEY_VALUE and mention.entity_span is None
    return done and (mention.form is Form.HEADING or below) and not mention.scope.item


def _own_boxes(document: DocumentFacts, section: Checklist | None) -> Iterator[Checklist]:
    """Give the boxes right below a heading, and those below its deeper headings for tasks and criteria."""
    if section is None:
        return
    headings = {heading.span for heading in document.headings}
    for one in document.checklists:
        inside = one.span.start >= section.span.start and one.reach.end <= section.reach.end and one.span in headings
        if inside and one.own_total and (one is section or _CRITERIA.fullmatch(one.title)):
            yield one


def _heading_above(document: DocumentFacts, mention: Mention) -> int:
    title = mention.scope.headings[-1] if mention.scope.headings else ""
    above = [one for one in document.headings if one.span.start < mention.span.start]
    return document.lines.line(above[-1].span.start) if above and above[-1].text == title else 0


def _elsewhere(mention: Mention) -> bool:
    """Tell whether a part stands under a heading for what is left to others, or to another time."""
    around = (*mention.scope.headings[-2:], mention.scope.lead, mention.scope.item)
    return any(_OTHERS.search(text) for text in around) or mention.form is Form.PROSE
