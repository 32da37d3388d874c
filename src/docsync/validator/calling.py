"""By which word a message calls a status: the one that the document uses, else the one that is usual of the kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from docsync.models.diagnostics import Related
from docsync.models.records import Record
from docsync.models.status import WORDS, Status, word_key
from docsync.project.entities import BEGUN, Stated
from docsync.validator.wording import RELATED, named, said

_DONE: Final[Mapping[str, str]] = {
    "phase": "complete",
    "part": "complete",
    "wave": "complete",
    "stage": "complete",
    "sprint": "complete",
    "gate": "passed",
    "criterion": "met",
    "hole": "resolved",
}
"""What one says of each kind of thing that is done; of all others, `done`."""

_NO_PREDICATES: Final = frozenset(
    """
    pass passes fail fails success todo proposal draft backlog doing wip wontfix tbd
    """.split()  # noqa: SIM905 -- a list of words reads better as text
) | {"to do", "all pass", "all passed", "all met", "all done", "all complete", "won't fix", "work in progress", "in work"}
"""Status words that cannot follow `is`, or of one thing only."""

_FIRST = re.compile(r"[^\w\[]*(?P<words>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,3})")
_BOX = re.compile(r"\[(?P<mark>[^\]]?)\]")


def called(name: str, status: Status, raw: str = "") -> str:
    """Give the word that can follow `is` for a status of `name`, a kind or a thing's name; `raw` is the status as written."""
    if raw == BEGUN:
        return BEGUN
    if box := _BOX.match(raw):
        return _of_box(box["mark"], status)
    word = _written(raw, status)
    if word and word not in _NO_PREDICATES:
        return word
    return _DONE.get(name.casefold().partition(" ")[0], "done") if status is Status.RESOLVED else said(status)


def stated_as(stated: Stated) -> str:
    """Give the word for a status that a document gives to a thing without a home."""
    return called(stated.mention.entity, stated.status, stated.mention.raw)


def recorded_as(record: Record) -> str:
    """Give the word for the status that a record has in its home."""
    written = record.fields.get("status")
    return called(record.kind, record.status, written.raw if written else "") if record.status else said(None)


def called_out(records: Sequence[Record]) -> tuple[Related, ...]:
    """Point at the status of each record, as far as a reader would follow."""
    return tuple(Related(one.place_of("status"), f"{named(one)} is {recorded_as(one)}") for one in records[:RELATED])


def _of_box(mark: str, status: Status) -> str:
    if status is Status.RESOLVED:
        return "ticked"
    return "not ticked" if not mark.strip() else said(status)


def _written(raw: str, status: Status) -> str:
    """Give the status word that a text begins with, signs before it aside, where it is one of that status."""
    first = _FIRST.match(raw)
    words = word_key(first["words"]).split() if first else []
    keys = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((key for key in keys if WORDS.get(key) is status), "")
