"""How a session ends: its record says what came of it, and a hand-over says what the next one should know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from posixpath import commonpath, dirname
from typing import Final

from msgspec import Struct

from docsync.editing.arriving.files import dated, numbered
from docsync.editing.errors import Uneditable
from docsync.editing.planning import Amendment, edits_together
from docsync.engine.arriving.drafting import Novelty, Texts, draft
from docsync.engine.arriving.refusing import Unwelcome
from docsync.engine.arriving.wishes import Wish, id_of, kind_of
from docsync.engine.setting import Setting
from docsync.engine.sittings.numbering import id_for
from docsync.engine.sittings.since import Since, since
from docsync.engine.sittings.standing import chain_on
from docsync.engine.sittings.telling import told, what_next
from docsync.engine.sittings.touched import Touched
from docsync.generator.failures import ViewError
from docsync.generator.scaffolds import load_scaffolds, rendered, scaffold_of
from docsync.models.records import Home, Json, Record
from docsync.project.index import Project
from docsync.project.sessions import KIND, Chain, number_of, number_of_id
from docsync.project.unread_sessions import unread_sessions

_SCAFFOLD: Final = "handover"
_FOLDER: Final = "sessions/"
_HANDOVERS: Final = "handovers/"
_MOST_ARTIFACTS: Final = 12
_CODE = re.compile(r"`")


class Closing(Struct, frozen=True):
    """Wish for a session to end: which, empty for the one that runs or else a new one; when; and what somebody says of it.

    `folder` is where the hand-over goes, empty for where the others are.
    """

    day: str
    id: str = ""
    title: str = ""
    next: Sequence[str] = ()
    notes: Sequence[str] = ()
    folder: str = ""


class Ended(Struct, frozen=True):
    """Hold what is to be written when a session ends: which one does, and where its hand-over is.

    `left` is an earlier session that was begun and that nobody ended, None where there is none.
    """

    novelty: Novelty
    session: str
    handover: str
    basis: str
    left: Record | None = None


def end(setting: Setting, project: Project, texts: Texts, closing: Closing) -> Ended:
    """Compose what a session's end writes; raises Unwelcome where there is nothing to end, JobError where git fails."""
    found = chain_on(project, texts.of, closing.day)
    session = _ending(project, found, closing)
    last = _before(found, session)
    changed = since(setting, project, found, last)
    _refuse_idle(found, session, last, changed, closing)
    nexts = [*closing.next] or list((session.texts("next") if session else ()) or what_next(project))
    fields = _fields(project, changed, nexts)
    novelty = _recorded(project, texts, session, closing, fields)
    name = session.id if session else novelty.key[1]
    path = _path(project, found, closing, session, name, novelty)
    try:
        text = _handover(texts, closing, changed, nexts, name, path)
    except ViewError as error:
        raise Unwelcome(str(error)) from error
    left = found.last if found.left and session is None else None
    return Ended(_together(novelty, path, text), name, path, changed.basis, left)


def _ending(project: Project, found: Chain, closing: Closing) -> Record | None:
    """Give the session that ends, None where it has yet to be written."""
    if not closing.id:
        return found.running
    same = [one for one in found.sessions if one.id.casefold() == closing.id.casefold()]
    if same and found.of(same[0]):
        there = ", ".join(one.path for one in found.of(same[0]))
        raise Unwelcome(f"{same[0].id} has ended: {there} hands over from it; change that by hand")
    if same and same[0] is not found.running and same[0].text("date") not in ("", closing.day):
        day = same[0].text("date")
        raise Unwelcome(
            f"{same[0].id} was on {day}, and what changed up to {closing.day} is not written into it; leave --id out for a "
            f"session of its own, or give --date {day}"
        )
    if not same:
        id_of(project, kind_of(project, KIND), closing.id)
    return same[0] if same else None


def _before(found: Chain, session: Record | None) -> Record | None:
    if session is None:
        return found.last
    at = found.sessions.index(session)
    return found.sessions[at - 1] if at else None


def _refuse_idle(found: Chain, session: Record | None, last: Record | None, changed: Since, closing: Closing) -> None:
    """Refuse to end what was not begun, with nothing to hand over, or twice on one day without a commit in between."""
    if session is not None or closing.next or closing.notes or closing.title:
        return
    if last is not None and changed.fresh and last.text("date") == closing.day and found.of(last):
        raise Unwelcome(
            f"{last.id} ended today and is not committed yet; commit it, or remove {found.of(last)[-1].path} and its record, "
            "and end it again"
        )
    if last is not None and not changed.happened and not changed.files:
        raise Unwelcome(f"nothing has changed since {changed.basis}, so there is nothing to hand over; say so with --next")


def _fields(project: Project, changed: Since, nexts: Sequence[str]) -> dict[str, list[str]]:
    """Give what the session's record says of it."""
    return {
        "resolved": [record.id for record in changed.happened.resolved],
        "decided": [record.id for record in changed.happened.decided],
        "artifacts": _artifacts(project, changed.files),
        "next": list(nexts),
    }


def _artifacts(project: Project, files: Sequence[Touched]) -> list[str]:
    """Give the files that came of a session, which no document of the plan is; of very many only those that are new."""
    kept = [one for one in files if one.path not in project.documents and one.what != "removed"]
    if len(kept) > _MOST_ARTIFACTS:
        kept = [one for one in kept if one.what == "new"]
    return [one.path for one in kept[:_MOST_ARTIFACTS]]


def _recorded(
    project: Project, texts: Texts, session: Record | None, closing: Closing, fields: Mapping[str, list[str]]
) -> Novelty:
    """Give what writes the session's record, or fills up the one that is there."""
    if session is None:
        given = {name: values for name, values in fields.items() if values and is_written(project, name)}
        title = closing.title or (_title(project, fields["resolved"]) if is_written(project, "title") else "")
        wish = Wish(KIND, closing.day, id_for(project, closing.id), title, given, folder=session_folder(project))
        return draft(project, texts, wish)
    values: dict[str, Json] = {}
    for name, found in fields.items():
        had = session.texts(name)
        more = [one for one in found if one not in had]
        if more and is_written(project, name):
            values[name] = [*had, *more] if name != "next" else list[Json](found)
    if closing.title:
        values["title"] = closing.title
    source = texts.of(session.path)
    try:
        edits = edits_together(source, (Amendment(session, values),), project.config, project.by_kind.get(KIND, ()))
    except Uneditable as error:
        raise Unwelcome(str(error)) from error
    return Novelty(edits={session.path: edits}, sources={session.path: source}, home=session.path)


def is_written(project: Project, name: str) -> bool:
    """Tell whether a table of sessions has a column for a field; other homes take any."""
    sessions = project.by_kind.get(KIND, ())
    rows = [one for one in sessions if one.home is Home.ROW]
    return not rows or any(name in one.fields or (name == "title" and one.title) for one in rows)


def _title(project: Project, resolved: Sequence[str]) -> str:
    """Name a session after what it resolved."""
    titles = [project.by_id[one][0].title or one for one in resolved if one in project.by_id]
    return " and ".join(titles[:2])


def session_folder(project: Project) -> str:
    """Give where the first session's document goes."""
    paths = list(project.documents)
    common = commonpath([dirname(path) or "." for path in paths]) if paths else ""
    return f"{common}/{_FOLDER}" if common and common != "." else _FOLDER


def _path(  # noqa: PLR0913, PLR0917  # what there is, what is wished, and what ends
    project: Project, found: Chain, closing: Closing, session: Record | None, name: str, novelty: Novelty
) -> str:
    """Name the hand-over as the last one is named, else by its day and session, beside the others or beside the sessions."""
    number = str((number_of(session) if session else None) or number_of_id(name) or "")
    last = found.to_read
    home = novelty.home or (session.path if session else "")
    folder = closing.folder or (_folder(last.path) if last else _sibling(home))
    stems = [f"{closing.day}-session-{number}", f"{closing.day}-{name.replace(' ', '-')}-handover"]
    if last is not None:
        stem = last.path.rpartition("/")[2].rpartition(".")[0]
        was = str((number_of(last.session) if last.session else None) or "")
        renamed = dated(numbered(stem, was, number), closing.day)
        stems = [*([renamed] if renamed != stem else []), f"{renamed}-{number}", *stems]
    else:
        stems.insert(0, f"{closing.day}-handover")
    for stem in stems:
        path = f"{folder.removeprefix('./')}{stem}.md"
        if path not in project.present and path not in novelty.files:
            return path
    raise Unwelcome(f"{folder} holds hand-overs of {closing.day} and session {number} already; name another folder with --dir")


def _folder(path: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return folder + slash


def _sibling(home: str) -> str:
    """Give the folder beside that of the sessions, or beneath the one in which a document holds them all."""
    folder = _folder(home)
    return f"{folder.removesuffix(_FOLDER)}{_HANDOVERS}" if folder.endswith(_FOLDER) else f"{folder}{_HANDOVERS}"


def _handover(  # noqa: PLR0913, PLR0917  # what is told, of which session, and where
    texts: Texts, closing: Closing, changed: Since, nexts: Sequence[str], name: str, path: str
) -> str:
    project = texts.project
    own = {path, *(one.path for one in project.by_kind.get(KIND, ()))}
    files = [one for one in changed.files if one.path not in own and one.path not in project.documents]
    number = number_of_id(name)
    basis = f"What changed since {changed.basis}." if changed.basis else f"{_first(project)}: there is none to compare with."
    if changed.basis and not changed.happened and not changed.files:
        basis = f"Nothing changed since {changed.basis}."
    context: dict[str, Json] = {
        **told(project, changed.happened, files, path),
        "from": f"session {number}" if number is not None else name,
        "to": f"session {number + 1}" if number is not None else "the next session",
        "date": closing.day,
        "basis": basis,
        "title": closing.title,
        "note": list[Json](closing.notes),
        "next": list[Json](nexts),
    }
    catalogue = load_scaffolds(project.config, texts.root)
    return rendered(catalogue, scaffold_of(catalogue, _SCAFFOLD), context, project.config) + "\n"


def _first(project: Project) -> str:
    return "No earlier session is read as a record" if unread_sessions(project) else "This is the first session"


def _together(novelty: Novelty, path: str, text: str) -> Novelty:
    return Novelty({**novelty.files, path: text}, novelty.edits, novelty.sources, novelty.key, novelty.home)
