"""How it is told what a change on purpose came to: the values, what follows from them, what is ready and what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from docsync.cli.rewrites import rewritten
from docsync.cli.streams import colours, columns, emit, emit_patch, say
from docsync.cli.thresholds import exit_code
from docsync.engine.changing import Changed
from docsync.engine.request import Request
from docsync.engine.texts import texts_of
from docsync.models.diagnostics import Severity
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.reporters.counting import counted
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.text import findings
from docsync.text.edits import unified_diff

_LONGEST: Final = 100
_NOTHING: Final = "(nothing)"


def tell(request: Request, done: Changed, *, written: bool) -> int:
    """Print what was done, or as a diff what would be, and give the exit code: 1 where something contradicts that did not."""
    if not written:
        emit_patch("".join(unified_diff(each.path, each.before.text, each.after, bom=each.before.bom) for each in done.changes))
    story = "\n".join(_story(request, done, written=written))
    emit(story + "\n") if written else say(story)
    return exit_code(done.fresh)


def _story(request: Request, done: Changed, *, written: bool) -> Iterator[str]:
    if not done.changes:
        yield "Nothing to change: it is so already."
    for path in sorted(done.planned):
        yield from _records(done, path)
    for change in done.changes:
        if change.regions or change.numbers:
            yield f"{'regenerated' if written else 'would regenerate'} {rewritten(change)}"
    yield from (f"note: {escape(note)}" for note in done.notes)
    yield from readiness(done)
    yield from consequences(request, done)


def _records(done: Changed, path: str) -> Iterator[str]:
    """Tell each value of a file's records that is another now."""
    before = done.before.documents[path].records if path in done.before.documents else ()
    after = done.after.documents[path].records if path in done.after.documents else ()
    if len(before) != len(after):
        yield f"{escape_path(path)}: {counted(len(after), 'record')}"
        return
    for was, now in zip(before, after, strict=True):
        if lines := [*_values(was, now), *_ticks(was, now)]:
            line = done.after.documents[path].lines.line(now.span.start)
            yield f"{escape(pointer(done.after, now))} {escape(now.title)} ({escape_path(path)}:{line})"
            yield from (f"  {each}" for each in lines)


def _values(was: Record, now: Record) -> Iterator[str]:
    for name in dict.fromkeys((*was.values, *now.values)):
        if was.values.get(name) != now.values.get(name) and (name in was.fields or name in now.fields):
            yield f"{name}: {_shown(was, name)} → {_shown(now, name)}"
    raw = [one.fields["status"].raw if "status" in one.fields else "" for one in (was, now)]
    if was.status is now.status and raw[0] != raw[1]:
        yield f"status: {_short(raw[0])} → {_short(raw[1])}"
    if was.title != now.title and not ("title" in was.fields or "title" in now.fields):
        yield f"title: {_short(was.title)} → {_short(now.title)}"


def _ticks(was: Record, now: Record) -> Iterator[str]:
    for number, (before, after) in enumerate(zip(was.criteria, now.criteria, strict=False), 1):
        if before.met is not after.met:
            yield f"criterion {number}: {'met' if after.met else 'not met any more'}, {_short(after.text)}"


def _shown(record: Record, name: str) -> str:
    if name == "status" and record.status is not None:
        raw = record.fields["status"].raw if name in record.fields else ""
        return _short(raw) if len(raw) > 1 else record.status.value
    return _short(record.text(name)) if record.text(name) else _NOTHING


def _short(text: str) -> str:
    line = " ".join(text.split())
    return escape(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")


def readiness(done: Changed) -> Iterator[str]:
    """Say what can be started now and could not, and the other way round."""
    if done.freed:
        yield f"Ready now: {_listed(done.after, done.freed)}"
        behind = [pointer(done.after, one) for one in done.freed if one.status is Status.BLOCKED]
        if behind:
            yield f"  still called blocked there; to say so: docsync set {escape(' '.join(behind))} status=ready"
    if done.held:
        yield f"Waiting now: {_listed(done.before, done.held)}"


def _listed(project: Project, records: Iterable[Record]) -> str:
    return ", ".join(escape(f"{pointer(project, one)} {one.title}".strip()) for one in records)


def consequences(request: Request, done: Changed) -> Iterator[str]:
    """Show what contradicts now, and count what does not any more and what was out of date before."""
    shown = [found for found in done.fresh.diagnostics if found.severity is not Severity.INFO]
    if shown:
        drafted = {change.path: change.after for change in done.changes}
        display = Display(texts_of(request, drafted), colours(), columns(), notes=False)
        yield from (
            "",
            f"{counted(len(shown), 'contradiction')} that {'was' if len(shown) == 1 else 'were'} not there before:",
            "",
        )
        yield findings(replace(done.fresh, diagnostics=tuple(shown)), display)
    healed = [found for found in done.healed if found.severity is not Severity.INFO]
    if healed:
        yield f"{counted(len(healed), 'contradiction')} gone."
    if done.stale:
        places = ", ".join(dict.fromkeys(escape_path(found.place.path) for found in done.stale))
        yield f"Out of date before for other reasons, and left so: {places}; docsync regenerate puts it right"
