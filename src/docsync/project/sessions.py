"""In which order a project's sessions follow each other, and which hand-over leads on from which of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from msgspec import Struct, field

from docsync.models.claims import TEMPLATE, Form
from docsync.models.document import DocumentFacts
from docsync.models.records import Home, Record
from docsync.parser.written_dates import date_in_name, find_dates
from docsync.project.index import Project

KIND: Final = "session"

_HANDOVER = re.compile(r"(?<![^\W_])hand[-_ ]?(?:over|off)s?(?![^\W_])", re.IGNORECASE)
_FROM = re.compile(r"(?<!to )(?<!for )(?<!next )\bsession[\s_#-]{1,3}0*(\d{1,6})(?!\d)", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|for) session[\s_#-]{1,3}0*(\d{1,6})(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")
_CAME: Final = ("resolved", "decided", "artifacts")
_INDEXES: Final = frozenset({"readme", "index", "_index"})
_DATE_KEYS: Final = frozenset({"", "date", "session date", "last updated", "updated", "created"})

_Place: TypeAlias = tuple[str, float, int]


class Handover(Struct, frozen=True):
    """Hold a document that hands work over: its path, title and day (ISO, empty where none is named).

    `session` is the one that it leads on from, None where that cannot be told.
    """

    path: str
    title: str
    date: str
    session: Record | None = None


class Chain(Struct, frozen=True):
    """Hold the sessions and the hand-overs, each in the order in which they came.

    `left` tells that the latest session, which nobody ended, counts as ended all the same.
    """

    sessions: tuple[Record, ...] = ()
    handovers: tuple[Handover, ...] = field(default=())
    left: bool = False

    @property
    def last(self) -> Record | None:
        """Give the latest session."""
        return self.sessions[-1] if self.sessions else None

    @property
    def unended(self) -> Record | None:
        """Give the latest session where nothing says that it has ended: no word of what comes next, and no hand-over."""
        last = self.last
        if last is None or last.texts("next") or (last.status is not None and last.status.is_settled):
            return None
        return None if self.of(last) else last

    @property
    def running(self) -> Record | None:
        """Give the latest session where it is open, as its beginning left it: what comes next is still to be filled in.

        A log that is kept by hand often ends its sessions without a word of what comes next, and has no place for one.
        """
        last = self.unended
        return last if last and not self.left and _is_open(last) else None

    @property
    def ended(self) -> Record | None:
        """Give the latest session that has ended."""
        before = self.sessions[:-1] if self.running else self.sessions
        return before[-1] if before else None

    @property
    def to_read(self) -> Handover | None:
        """Give the latest hand-over."""
        return self.handovers[-1] if self.handovers else None

    @property
    def behind(self) -> bool:
        """Tell whether a session has ended since the latest hand-over was written."""
        read, ended = self.to_read, self.ended
        return read is not None and ended is not None and read.session is not None and read.session is not ended

    def of(self, session: Record) -> tuple[Handover, ...]:
        """Give the hand-overs that lead on from a session."""
        return tuple(one for one in self.handovers if one.session is session)


def chain(project: Project) -> Chain:
    """Put the sessions in order, by day where each names its own, else by number, and the hand-overs beside them."""
    sessions = ordered(project.by_kind.get(KIND, ()))
    places = {id(session): place for place, session in enumerate(sessions)}
    found = [_handover(document, sessions) for document in project.documents.values() if hands_over(document)]

    def place(one: Handover) -> tuple[int, str, str]:
        at = places[id(one.session)] if one.session else -1
        return at, one.date, one.path

    return Chain(sessions, tuple(sorted(found, key=place)))


def ordered(sessions: Iterable[Record]) -> tuple[Record, ...]:
    """Put sessions in order; those of one day by number, those that say neither as the documents have them."""
    found = tuple(sessions)
    dated = all(one.text("date") for one in found)

    def place(numbered: tuple[int, Record]) -> _Place:
        at, record = numbered
        number = number_of(record)
        return record.text("date") if dated else "", float("inf") if number is None else number, at

    return tuple(record for _, record in sorted(enumerate(found), key=place))


def number_of(session: Record) -> int | None:
    """Give a session's number: its own field, else the one in its id."""
    found = _NUMBER.search(session.text("number")) or _NUMBER.search(session.id)
    return int(found[0]) if found else None


def number_of_id(name: str) -> int | None:
    """Give the number in an id, None where it holds none."""
    found = _NUMBER.search(name)
    return int(found[0]) if found else None


def _is_open(session: Record) -> bool:
    """Tell whether a session has a place for what comes next, or is a row without one that says nothing yet."""
    return "next" in session.fields or (session.home is Home.ROW and not any(session.texts(name) for name in _CAME))


def hands_over(document: DocumentFacts) -> bool:
    """Tell whether a document is a hand-over, by its name, folder or title; an index of them and a template are none."""
    *folders, name = document.path.split("/")
    stem = name.rpartition(".")[0]
    if document.refused or document.moment == TEMPLATE or stem.casefold() in _INDEXES:
        return False
    if any(record.kind == KIND for record in document.records):
        return False
    return bool(_HANDOVER.search(stem) or _HANDOVER.match(document.title) or any(map(_HANDOVER.fullmatch, folders)))


def _handover(document: DocumentFacts, sessions: tuple[Record, ...]) -> Handover:
    stem = document.path.rpartition("/")[2].rpartition(".")[0]
    title = document.title or stem
    day = date_in_name(stem) or _day_in(title) or _stamped(document)
    return Handover(document.path, title, day, _session(f"{title}\n{stem}", day, sessions))


def _session(said: str, day: str, sessions: tuple[Record, ...]) -> Record | None:
    """Find the session that a hand-over leads on from: the one it names, the one before that it leads to, or its day's."""
    for pattern, step in ((_FROM, 0), (_TO, 1)):
        if named := pattern.search(said):
            number = int(named[1]) - step
            return next((one for one in reversed(sessions) if number_of(one) == number), None)
    return next((one for one in reversed(sessions) if day and one.text("date") and one.text("date") <= day), None)


def _day_in(text: str) -> str:
    return next((found.iso for found in find_dates(text)), "")


def _stamped(document: DocumentFacts) -> str:
    """Give the day that the top of a document names as its own."""
    stamps = (one for one in document.dates if not one.ahead and one.key in _DATE_KEYS and one.form is not Form.PROSE)
    return next((one.iso for one in stamps), "")
