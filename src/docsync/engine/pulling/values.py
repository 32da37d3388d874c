"""What value of a field a cell means that somebody wrote into a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docsync.config.values import Config
from docsync.generator.meaning import said
from docsync.generator.wording import status_said, unmarked
from docsync.models.records import Record
from docsync.models.schema import FieldSpec, FieldType
from docsync.models.status import Status, word_key

_NOTHING: Final = frozenset({"", "-", "–", "—", "none", "n/a"})
_COMMA: Final = re.compile(r"\s*,\s*")
_BOX: Final = re.compile(r"(?:[-*+] )?\[(?P<mark>[ xX])\]")
_SIGN: Final = re.compile(r"[^\w\s'’-]+")

WHY: Final[Mapping[str, str]] = {
    "id": "an id is what other documents name the record by; rename it there and in its home by hand",
    "link": "an id is what other documents name the record by; rename it there and in its home by hand",
    "kind": "the kind follows from where the record is declared",
    "path": "the path is where the record's home is; move the file instead",
    "progress": "progress is counted from the work below it; change the status of that",
    "criteria": "it is counted from the record's criteria; `docsync tick` ticks one",
    "blocked_by": "it is read from the fields of either side; `docsync set` changes one",
    "blocks": "it is read from the fields of either side; `docsync set` changes one",
    "waits_for": "it follows from the statuses of what the record waits for",
    "holds_up": "it follows from the statuses of what waits for the record",
    "ready": "it follows from the record's status and from what it waits for",
    "open": "it follows from the record's status",
    "settled": "it follows from the record's status",
}
"""Why what is derived cannot be set in a table."""


class NoValue(Exception):
    """Say why a cell cannot be taken for a value of its field."""


def values_of(text: str, record: Record, field: FieldSpec | None, config: Config) -> tuple[str, ...]:
    """Give the value that a cell states, as it is set: a status by its own word, each item of a list, nothing for a dash.

    Raises NoValue where the cell says more, or less, than a value of the field.
    """
    plain = said(text)
    if unmarked(text).casefold() in _NOTHING:
        return ()
    if field is None:
        return (plain,)
    match field.type:
        case FieldType.STATUS:
            return (_status(plain, config),)
        case FieldType.CRITERIA | FieldType.CONDITIONS:
            raise NoValue("it shows several values in one cell; change them in the record's home")
        case FieldType.LIST | FieldType.REFERENCES:
            return _listed(plain, record, field)
        case _:
            return (plain,)


def _status(plain: str, config: Config) -> str:
    """Read a status and nothing else; where the sign before a word was left as it was, the word is what was changed."""
    text = unmarked(plain)
    if box := _BOX.fullmatch(text):
        return (Status.PENDING if box["mark"] == " " else Status.RESOLVED).value
    status = status_said(text, config) or config.words.get(word_key(_SIGN.sub("", text)))
    if status is None:
        raise NoValue(f"“{plain}” is not a status and nothing else; write one such as `in progress`")
    return status.value


def _listed(plain: str, record: Record, field: FieldSpec) -> tuple[str, ...]:
    items = tuple(one for one in _COMMA.split(plain) if one)
    if field.type is FieldType.LIST and any("," in one for one in record.texts(field.name)):
        raise NoValue("an item of the list holds a comma, so the cell does not tell where one ends")
    return items
