"""How a session begins: its document is written, empty, so that its end can fill it."""

from __future__ import annotations

from dataclasses import dataclass

from docsync.engine.arriving.drafting import Novelty, Texts, draft
from docsync.engine.arriving.refusing import Unwelcome
from docsync.engine.arriving.wishes import Wish
from docsync.engine.opening import Opened
from docsync.engine.sittings.ending import session_folder
from docsync.project.sessions import KIND, Chain, chain
from docsync.text.refusal import Refusal
from docsync.text.source import read


@dataclass(frozen=True, slots=True)
class Opening:
    """Wish for a session to begin: when, and under which id, empty for the next free one.

    `place` is a document, or a folder with a slash at its end, empty for where the others are.
    """

    day: str
    id: str = ""
    title: str = ""
    place: str = ""


def begin(opened: Opened, opening: Opening) -> Novelty | None:
    """Compose what a session's beginning writes; None where one is running, raises Unwelcome where it cannot be written."""
    project = opened.project
    found = chain(project)
    if found.running and opening.id.casefold() in ("", found.running.id.casefold()):
        return None
    if found.running:
        raise Unwelcome(f"{found.running.id} is running ({found.running.path}); `docsync session end` ends it first")
    wish = Wish(KIND, opening.day, opening.id, opening.title, {}, opening.place, session_folder(project))
    return draft(project, Texts(opened.surveyed.root, project), wish)


def reading(opened: Opened, found: Chain) -> tuple[str, str]:
    """Give the path and the text of what whoever begins should read; both empty where nothing hands over."""
    ended = found.ended
    path = found.to_read.path if found.to_read and not found.behind else ended.path if ended else ""
    try:
        return path, read(opened.surveyed.root, path).text if path else ""
    except Refusal as refusal:
        raise Unwelcome(f"{path}: {refusal.message}") from refusal
