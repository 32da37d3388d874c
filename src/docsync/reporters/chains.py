"""How the chain of sessions is shown: a line for each, what it came to and what it left, and what to read now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import dumps
from typing import Final

from msgspec import Struct

from docsync.models.records import Json, Record
from docsync.project.sessions import KIND, Chain, Handover, number_of
from docsync.project.unread_sessions import Unread
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.tabular import Look, Table, drawn, one_line

_COLUMNS: Final = ("Session", "Date", "Title", "Resolved", "Decided", "Left")
_LONGEST: Final = (80, 10, 48, 32, 32, 72)
"""What a cell of each column may hold in a pipe, in characters; a terminal has them folded."""


class Names(Struct, frozen=True):
    """Say how records are named: `pointer` tells one from all others, `line` gives the line of its home."""

    pointer: Callable[[Record], str]
    line: Callable[[Record], int]


def chain_text(chain: Chain, shown: Sequence[Record], names: Names, look: Look) -> str:
    """Show sessions as a table, and below it what whoever begins now should read.

    Where the table is not drawn, long cells are cut: a line for each session is to be read at a glance.
    """
    rows = (_row(one, names) for one in shown)
    table = Table(_COLUMNS, tuple(rows) if look.drawn else tuple(tuple(map(_cut, row, _LONGEST)) for row in rows))
    return f"{drawn(table, look)}\n" + "".join(f"{line}\n" for line in to_read(chain))


def chain_json(chain: Chain, shown: Sequence[Record], names: Names) -> str:
    """Give sessions as JSON, version 1."""
    read = chain.to_read
    found: dict[str, Json] = {
        "version": 1,
        "sessions": [_dumped(chain, one, names) for one in shown],
        "running": names.pointer(chain.running) if chain.running else None,
        "read": _handover(read, names) if read else None,
        "behind": chain.behind,
    }
    return dumps(found, ensure_ascii=False, indent=2) + "\n"


def to_read(chain: Chain) -> list[str]:
    """Say, a line each, what to read now, and what is still missing there."""
    read, ended, running = chain.to_read, chain.ended, chain.running
    lines = []
    if read:
        lines.append(f"Read now: {escape_path(read.path)} ({escape(read.title)})")
    if ended and (read is None or chain.behind):
        lines.append(f"{'And' if read else 'Read now:'} {escape_path(ended.path)}: nothing hands over from {escape(ended.id)}")
    if running:
        lines.append(f"Running: {escape(running.id)}, {escape_path(running.path)}")
    return lines


def of_unread(found: Unread) -> str:
    """Say where sessions are named that are not read as records, and what to declare there."""
    said = f"documents name sessions up to session {found.latest}, and none of them is read as a record"
    if not found.headings:
        return f"{said}; a document that holds them says so in its front matter with `records: {KIND}`"
    first: dict[str, int] = {}
    for path, line, _ in found.headings:
        first.setdefault(path, line)
    places = ", ".join(f"{escape_path(path)}:{line}" for path, line in first.items())
    which = "that document" if len(first) == 1 else "these documents"
    return f"{said}; they begin at {places}: `records: {KIND}` in the front matter of {which} has them read"


def _row(session: Record, names: Names) -> tuple[Json, ...]:
    left = [*session.texts("next"), *(f"in the way: {one}" for one in session.texts("blockers"))]
    resolved, decided = (list[Json](session.texts(name)) for name in ("resolved", "decided"))
    return (
        names.pointer(session),
        session.text("date"),
        session.title,
        resolved,
        decided,
        "; ".join(one.rstrip(".") for one in left),
    )


def _cut(value: Json, most: int) -> str:
    """Cut a text; of a list so many items are named as find room, and the others counted."""
    items = [one_line(item) for item in value] if isinstance(value, list) else []
    for kept in range(len(items), 0, -1):
        text = ", ".join(items[:kept]) + (f" +{len(items) - kept}" if kept < len(items) else "")
        if len(text) <= most:
            return text
    more = f" +{len(items) - 1}" if len(items) > 1 else ""
    text, room = one_line(items[0] if items else value), most - len(more)
    return f"{text if len(text) <= room else f'{text[: room - 1].rstrip()}…'}{more}"


def _dumped(chain: Chain, session: Record, names: Names) -> Json:
    lists: dict[str, Json] = {
        name: list[Json](session.texts(name)) for name in ("resolved", "decided", "artifacts", "next", "blockers")
    }
    return {
        "id": names.pointer(session),
        "number": number_of(session),
        "date": session.text("date") or None,
        "title": session.title,
        "path": session.path,
        "line": names.line(session),
        **lists,
        "handovers": [one.path for one in chain.of(session)],
    }


def _handover(one: Handover, names: Names) -> Json:
    session = names.pointer(one.session) if one.session else None
    return {"path": one.path, "title": one.title, "date": one.date or None, "session": session}
