"""How a session begins: its document is written, empty, so that its end can fill it."""

from __future__ import annotations

from msgspec import Struct

from docsync.engine.arriving.drafting import Novelty, Texts, draft
from docsync.engine.arriving.refusing import Unwelcome
from docsync.engine.arriving.wishes import Wish
from docsync.engine.sittings.ending import is_written, session_folder
from docsync.engine.sittings.numbering import id_for
from docsync.engine.sittings.standing import chain_on
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.project.sessions import KIND, Chain
from docsync.text.refusal import Refusal
from docsync.text.source import read


class Opening(Struct, frozen=True):
    """Wish for a session to begin: when, and under which id, empty for the next free one.

    `place` is a document, or a folder with a slash at its end, empty for where the others are.
    """

    day: str
    id: str = ""
    title: str = ""
    place: str = ""


def begin(project: Project, texts: Texts, opening: Opening) -> Novelty:
    """Compose what a session's beginning writes; raises Unwelcome where one is running, or it cannot be written."""
    found = chain_on(project, texts.of, opening.day)
    if found.running:
        raise running(found.running)
    # What comes next is left open for the end to fill in, and shows until then that the session is running.
    open_ = {"next": ()} if is_written(project, "next") else {}
    wish = Wish(KIND, opening.day, id_for(project, opening.id), opening.title, open_, opening.place, session_folder(project))
    return draft(project, texts, wish)


def running(session: Record) -> Unwelcome:
    """Say why no session can begin."""
    return Unwelcome(f"{session.id} is running ({session.path}); `docsync session end` ends it first")


def reading(root: str, found: Chain) -> tuple[str, str]:
    """Give the path and the text of what whoever begins should read; both empty where nothing hands over."""
    ended = found.ended
    path = found.to_read.path if found.to_read and not found.behind else ended.path if ended else ""
    try:
        return path, read(root, path).text if path else ""
    except Refusal as refusal:
        raise Unwelcome(f"{path}: {refusal.message}") from refusal
