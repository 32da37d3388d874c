"""What a hand-over tells: what has happened, what can be picked up, what waits for what, each record with its place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import quote

from docsync.engine.sittings.touched import Touched
from docsync.models.natural import natural
from docsync.models.records import Criterion, Json, Record
from docsync.models.status import Status
from docsync.project.graph import open_blockers, ready, unsettled
from docsync.project.happenings import Happened
from docsync.project.index import Project

MOST_FILES: Final = 15
MOST_READY: Final = 8
MOST_BLOCKED: Final = 8
_MOST_NEXT: Final = 3
_MOST_CRITERIA: Final = 4


def told(project: Project, happened: Happened, files: Sequence[Touched], path: str) -> dict[str, Json]:
    """Give what a scaffold lays out; links are relative to the hand-over at `path`."""
    finished = {id(record) for record in happened.resolved}
    was = {id(step.after): step.was.value for step in happened.steps}
    return {
        "done": [_entry(one, path, was=was.get(id(one), "")) for one in happened.resolved],
        "moved": [
            _entry(step.after, path, was=step.was.value, now=step.now.value)
            for step in happened.steps
            if id(step.after) not in finished
        ],
        "met": [
            _entry(one.record, path, criteria=_texts(criteria), met=met)
            for one in happened.ticked
            for met, criteria in ((True, one.met), (False, one.unmet))
            if criteria and not (met and id(one.record) in finished)
        ],
        "figures": [
            _entry(one.record, path, was=one.was, now=one.now, unit=one.record.text("unit"), target=one.record.text("target"))
            for one in happened.moved
        ],
        "decided": [_entry(one, path) for one in happened.decided],
        "added": [_entry(one, path, status=_status(one)) for one in happened.added if id(one) not in finished],
        "gone": [{"id": one.id, "title": one.title, "path": one.path} for one in happened.gone],
        "files": [{"path": one.path, "what": _what(one)} for one in files[:MOST_FILES]],
        "more_files": max(0, len(files) - MOST_FILES),
        **_ahead(project, path),
    }


def what_next(project: Project) -> list[str]:
    """Say what the next session starts with: what was begun and not finished, then what holds up most."""
    going_on, startable = _startable(project)
    said = [f"Go on with {_called(one)}" for one in going_on] + [f"Begin with {_called(one)}" for one in startable]
    return said[:_MOST_NEXT]


def _ahead(project: Project, path: str) -> dict[str, Json]:
    held = _held(project)
    going_on, startable = _startable(project)
    waiting = [(record, _waits(project, record)) for record in project.records if _is_open(record)]
    blocked = [(record, waits) for record, waits in waiting if waits]
    blocked.sort(key=lambda one: (-len(held.get(one[0].id, ())), natural(one[0].id)))
    return {
        "going_on": [_entry(one, path, holds=list[Json](held.get(one.id, ()))) for one in going_on],
        "ready": [
            _entry(one, path, holds=list[Json](held.get(one.id, ())), status=_status(one)) for one in startable[:MOST_READY]
        ],
        "more_ready": max(0, len(startable) - MOST_READY),
        "blocked": [_entry(one, path, waits=list[Json](waits)) for one, waits in blocked[:MOST_BLOCKED]],
        "more_blocked": max(0, len(blocked) - MOST_BLOCKED),
    }


def _startable(project: Project) -> tuple[list[Record], list[Record]]:
    """Give the work that is under way, and what could be begun, that first which most waits for."""
    held = _held(project)
    found = sorted(ready(project), key=lambda one: (-len(held.get(one.id, ())), natural(one.id)))
    begun = [one for one in found if one.status is Status.IN_PROGRESS]
    return begun, [one for one in found if one.status is not Status.IN_PROGRESS]


def _held(project: Project) -> Mapping[str, Sequence[str]]:
    return {one.record.id: [each.id for each in one.waiting] for one in open_blockers(project)}


def _waits(project: Project, record: Record) -> list[str]:
    return list(dict.fromkeys(edge.target for edge in unsettled(project, record.id)))


def _is_open(record: Record) -> bool:
    return record.status is not None and record.status.is_open


def _entry(record: Record, path: str, **more: Json) -> Json:
    link = quote(os.fsencode(relpath(record.path, dirname(path) or ".")))
    return {"id": record.id, "title": record.title, "kind": record.kind, "link": link, **more}


def _called(record: Record) -> str:
    return f"{record.id} ({record.title})" if record.title else record.id


def _status(record: Record) -> str:
    return record.status.value if record.status else ""


def _texts(criteria: Iterable[Criterion]) -> list[Json]:
    texts = [one.text for one in criteria]
    more = len(texts) - _MOST_CRITERIA
    return [*texts[:_MOST_CRITERIA], *([f"and {more} more"] if more > 0 else [])]


def _what(one: Touched) -> str:
    return f"renamed from {one.was}" if one.was else one.what
