"""Which files and commits a record names as what shows that it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.references import Aim
from docsync.models.status import Status
from docsync.project.kept import once
from docsync.text.spans import Span

_FIELDS: Final = ("evidence", "resolution", "artifacts")
_CODE: Final = re.compile(r"`([^`\n]+)`")
_PATH: Final = re.compile(r"(?:\./)?(?P<path>(?:[\w.@+-]+/)*[\w.@+-]*\w\.[A-Za-z]\w{0,9})(?::\d+(?:-\d+)?)?")
_COMMIT: Final = re.compile(r"(?:commit\s+)?`?(?P<name>(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40})`?", re.IGNORECASE)


class Named(Struct, frozen=True):
    """Name a file or a commit where a record's field does."""

    aim: Aim
    target: str
    span: Span
    field: str


@once
def named_by(record: Record) -> tuple[Named, ...]:
    """Give the files and commits that the fields of a record that is done name."""
    if record.status is not Status.RESOLVED:
        return ()
    return tuple(one for name in _FIELDS if name in record.fields for one in _in_field(record, name))


def unread(document: DocumentFacts, named: Named) -> bool:
    """Tell whether no reference of the text is what a field names, so that no rule about references checks it."""
    return not any(named.span.contains(one.span) or one.span.contains(named.span) for one in document.references)


def _in_field(record: Record, name: str) -> Iterator[Named]:
    """Read each text of a field: the path or commit that it is, or those in its code spans."""
    written, at = record.fields[name], 0
    for text in map(written.written, record.texts(name)):
        start = written.raw.find(text, at)
        if start < 0:
            continue
        at = start + len(text)
        for piece, offset in _pieces(text):
            if found := _read(piece):
                aim, target, inside = found
                first = written.span.start + start + offset + inside
                yield Named(aim, target, Span(first, first + len(target)), name)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    spans = list(_CODE.finditer(text))
    if not spans:
        yield text, 0
    for found in spans:
        yield found[1], found.start(1)


def _read(piece: str) -> tuple[Aim, str, int] | None:
    for aim, pattern, group in ((Aim.COMMIT, _COMMIT, "name"), (Aim.PATH, _PATH, "path")):
        if found := pattern.fullmatch(piece.strip()):
            lead = len(piece) - len(piece.lstrip())
            return aim, found[group], lead + found.start(group)
    return None
