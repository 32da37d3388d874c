"""Which records the sections of a file define: a heading with id and title, and the fields below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from docsync.config.values import Config
from docsync.models.blocks import Blocks, Heading
from docsync.models.records import Home
from docsync.models.schema import KindSpec
from docsync.parser.homes.bodies import read_fields
from docsync.parser.homes.criteria import read_criteria
from docsync.parser.homes.drafts import Draft
from docsync.parser.homes.headings import heard
from docsync.parser.homes.leads import Lead, read_lead


class Section(Struct):
    """Hold the heading that begins a home, and the blocks below it that belong to no home inside it."""

    index: int
    heading: Heading
    kind: KindSpec
    lead: Lead
    outer: Section | None
    body: list[int] = field(default_factory=list)


class Sections(Struct, frozen=True):
    """Hold a file's section homes; `owner` gives, for each block, the innermost one that it lies in."""

    homes: tuple[Section, ...]
    owner: tuple[Section | None, ...]


def find_sections(blocks: Blocks, kinds: Sequence[KindSpec], config: Config, skip: Sequence[bool]) -> Sections:
    """Find the headings that begin a home of one of the kinds; `skip` tells which blocks are not to be read."""
    homes: list[Section] = []
    owner: list[Section | None] = []
    stack: list[tuple[int, Section]] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Heading) and block.item < 0 and not block.quote and not skip[index]:
            while stack and stack[-1][0] >= block.level:
                stack.pop()
            if found := _section(index, block, kinds, config, stack[-1][1] if stack else None):
                homes.append(found)
                stack.append((block.level, found))
                owner.append(found)
                continue
        inside = stack[-1][1] if stack else None
        owner.append(inside)
        if inside and not skip[index]:
            inside.body.append(index)
    return Sections(tuple(homes), tuple(owner))


def read_sections(blocks: Blocks, sections: Sections, whole: Draft | None) -> Iterator[tuple[Section, Draft]]:
    """Give what each section home says, outer ones before those inside them; `whole` is what the file itself is."""
    drafts: dict[int, Draft] = {}
    for section in sections.homes:
        outer = drafts[section.outer.index] if section.outer else whole
        drafts[section.index] = _draft(blocks, section, outer)
        yield section, drafts[section.index]


def _section(index: int, heading: Heading, kinds: Sequence[KindSpec], config: Config, outer: Section | None) -> Section | None:
    for kind in kinds:
        if lead := read_lead(heading.inline.text, kind, config):
            return Section(index, heading, kind, lead, outer)
    return None


def _draft(blocks: Blocks, section: Section, outer: Draft | None) -> Draft:
    lead, text = section.lead, section.heading.inline
    fields = read_fields(blocks, section.body, section.kind)
    draft = Draft(
        section.kind,
        Home.SECTION,
        lead.id.text,
        text.span(lead.id.start, lead.id.end),
        lead.title,
        fields,
        read_criteria(blocks, section.body),
        within=outer,
    )
    return heard(draft, text, lead)
