"""Whether the latest session is still running on a day, so that its end may write into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import Block, Blocks, Comment, Heading, Rule
from docsync.models.records import Home, Record
from docsync.parser.blocks import parse_blocks
from docsync.project.index import Project
from docsync.project.sessions import Chain, chain
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile

_CAME: Final = ("resolved", "decided", "artifacts", "blockers", "notes")


def chain_on(project: Project, source_of: Callable[[str], SourceFile], day: str) -> Chain:
    """Give the chain as it stands on a day: a session of an earlier one is running only as its beginning left it.

    Whoever wrote into that, or never had docsync begin it, may have ended it without a word of what comes next.
    """
    found = chain(project)
    last = found.running
    if last is None or (last.text("date") and last.text("date") >= day) or _is_untouched(project, source_of, last):
        return found
    return replace(found, left=True)


def _is_untouched(project: Project, source_of: Callable[[str], SourceFile], session: Record) -> bool:
    """Tell whether a session says no more than its scaffold; a row or item does not show who wrote it."""
    if session.home not in (Home.FILE, Home.SECTION) or any(session.texts(name) for name in _CAME):
        return False
    try:
        source = source_of(session.path)
    except Refusal:
        return False
    front_matter = project.documents[session.path].front_matter
    blocks = parse_blocks(source, front_matter.span.end if front_matter else 0)
    keys = [field.key_span for field in session.fields.values()]
    return not any(
        not isinstance(block, Heading | Comment | Rule) and not any(block.span.contains(key) for key in keys)
        for block in _inside(blocks, session)
    )


def _inside(blocks: Blocks, session: Record) -> Iterator[Block]:
    """Give the blocks of a session's home, those of a section up to the next one of its level."""
    level = 0
    for block in blocks:
        if session.home is Home.FILE:
            yield block
        elif level and isinstance(block, Heading) and block.level <= level:
            return
        elif level:
            yield block
        elif isinstance(block, Heading) and block.span.contains(session.span):
            level = block.level
