"""Whether a whole file speaks of one moment in the past, by its name, title, header or front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from docsync.models.claims import TEMPLATE
from docsync.models.document import FrontMatter
from docsync.parser.moments import local, says_template, sitting
from docsync.parser.statements import plain
from docsync.parser.written_dates import date_in_name, find_dates

UPDATED_KEYS: Final = frozenset(
    {"last updated", "updated", "last update", "last modified", "modified", "last edited", "last revised", "last change"}
    | {"last changed", "date updated", "updated on", "updated at", "last reviewed", "last sync", "last synced", "last checked"}
)
"""The keys, in lower case, under which a living document says when it was last changed."""

_DATED_KEYS = frozenset(
    {"date", "session date", "report date", "completion date", "completed", "completed on", "date completed", "generated"}
    | {"generated on", "as of", "snapshot", "analysis date", "review date", "assessment date", "test date", "audit date"}
)
_SPLIT = re.compile(r"[^A-Za-z0-9.]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_FOLDERS = frozenset(
    {"history", "historical", "old", "deprecated", "legacy", "superseded", "sessions", "session", "logs", "log", "handoffs"}
    | {"handovers", "handoff", "handover", "retrospectives"}
)
_ARCHIVED = frozenset({"archive", "archives", "archived"})
_TEMPLATES = frozenset({"template", "templates", "boilerplate"})
_DONE = frozenset({"complete", "completed", "completion", "deprecated", "superseded", "obsolete", "archived"})
_AFTER_COMPLETE = frozenset({"report", "summary", "percent", "final", "notes"})
_CLOSED = frozenset(
    {"handover", "handoff", "retrospective", "postmortem", "changelog", "archive", "checkpoint", "recap", "minutes"}
    | {"standup", "journal"}
)
_REPORTS = frozenset({"log", "report", "audit"})
_LIVING = frozenset(
    {"state", "status", "progress", "current", "todo", "todos", "roadmap", "readme", "index", "tracker", "tracking"}
    | {"dashboard", "board", "backlog", "plan", "plans", "inventory", "overview", "bootstrap", "spec", "tasks", "requirements"}
)
_KINDS = frozenset(
    {"session", "handover", "handoff", "hand-over", "summary", "log", "report", "archive", "retrospective", "checkpoint"}
)
_OVER = frozenset({"archived", "archive", "superseded", "historical", "obsolete", "deprecated"})


class Header(Struct, frozen=True):
    """Hold what the top of a file says of itself: its title and its key-values in lower case."""

    title: str
    keys: Mapping[str, str]

    @property
    def updated(self) -> str:
        """Give the day of the last change, as ISO text, empty where none is named."""
        return _first_day(self.keys, UPDATED_KEYS)


def file_moment(path: str, header: Header, front_matter: FrontMatter | None) -> str:
    """Give the moment that all of a file speaks of, empty for a living document."""
    *folders, file_name = path.split("/")
    stem = file_name.rsplit(".", 1)[0]
    name, title = _parts(stem), _parts(plain(header.title))
    if _is_template(stem, folders) or says_template(header.title):
        return TEMPLATE
    declared = _declared(front_matter, path)
    if declared is not None:
        return declared
    if moment := date_in_name(stem) or _in_folders(folders):
        return moment
    if _is_snapshot(name, title) or any(map(_keeps_snapshots, folders)):
        dated = _first_day(header.keys, _DATED_KEYS | UPDATED_KEYS) or _day(header.title)
        return sitting(" ".join(name)) or sitting(header.title) or dated or local(stem, path)
    if not _LIVING.isdisjoint((*name, *title)) or header.updated:
        return ""
    return _day(header.title) or _first_day(header.keys, _DATED_KEYS)


def _is_snapshot(name: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Tell whether a name or title is one of a closed account; a `state` or `plan` is living."""
    said = _says(name)
    return _says(title) is True if said is None else said


def _says(parts: tuple[str, ...]) -> bool | None:
    """Read a name or title: closed, living, or neither.

    What stands at its end counts most: `phase_3_complete`, `completion_plan`; `complete guide` says nothing of an end.
    """
    words = [part for part in parts if not part[0].isdigit()]
    if not words:
        return None
    if words[-1] in _LIVING:
        return False
    last = next((word for word in reversed(words) if word not in _AFTER_COMPLETE), "")
    if last in _DONE or not _CLOSED.isdisjoint(words):
        return True
    if not _LIVING.isdisjoint(words):
        return False
    return True if words[-1] in _REPORTS or "summary" in words or _is_sitting(parts) else None


def _is_sitting(parts: tuple[str, ...]) -> bool:
    """Tell whether a name is one session's: `session_14`, `planning-session`; not `session_management`."""
    sessions = (index for index, part in enumerate(parts) if part in ("session", "sessions"))
    return any(index + 1 == len(parts) or parts[index + 1][0].isdigit() for index in sessions)


def _is_template(stem: str, folders: list[str]) -> bool:
    """Tell whether a file is one to be copied: `SESSION_TEMPLATE.md`, `templates/note.md`, not `template_engine_design.md`."""
    parts = _parts(stem)
    return not _TEMPLATES.isdisjoint((*parts[-1:], *(folder.lower() for folder in folders)))


def _keeps_snapshots(folder: str) -> bool:
    return folder.lower() in _FOLDERS or not _ARCHIVED.isdisjoint(_words(folder))


def _in_folders(folders: list[str]) -> str:
    return next((found for found in map(date_in_name, reversed(folders)) if found), "")


def _declared(front_matter: FrontMatter | None, path: str) -> str | None:
    """Read what the front matter says: a moment, empty for a living record, None where it settles nothing."""
    if front_matter is None:
        return None
    values = {_key(key): str(entry.value) for key, entry in front_matter.entries.items()}
    kind = values.get("kind") or values.get("type") or values.get("category") or ""
    day = _first_day(values, _DATED_KEYS)
    if kind.lower() in _KINDS:
        number = re.search(r"\d+", values.get("number") or values.get("session") or values.get("id") or "")
        return f"session {int(number[0])}" if number and kind.lower() == "session" else day or local(kind, path)
    if values.get("status", "").lower() in _OVER:
        return local("archive", path)
    if kind.lower() in _TEMPLATES:
        return TEMPLATE
    return "" if "kind" in values or not UPDATED_KEYS.isdisjoint(values) else day or None


def _key(key: str) -> str:
    return key.lower().replace("_", " ").replace("-", " ")


def _first_day(keys: Mapping[str, str], wanted: frozenset[str]) -> str:
    return next((day for key, value in keys.items() if key in wanted and (day := _day(value))), "")


def _day(text: str) -> str:
    return next((found.iso for found in find_dates(text[:200])), "")


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip(".").lower() for part in _SPLIT.split(name) if part.strip("."))


def _words(name: str) -> frozenset[str]:
    return frozenset(_parts(name))
