"""How it is told what a command wrote that brings something new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import click

from docsync.cli.changes import consequences, readiness
from docsync.cli.streams import emit, emit_patch, say
from docsync.cli.thresholds import exit_code
from docsync.engine.arriving.introducing import Introduced
from docsync.engine.request import Request
from docsync.engine.results import FileChange
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path
from docsync.text.edits import unified_diff

_VERBS: Final = {
    (True, True): "Wrote",
    (True, False): "Changed",
    (False, True): "Would write",
    (False, False): "Would change",
}
"""What is said of a file, by whether it was written and whether it is new."""


def day_option(context: click.Context, option: click.Parameter, given: str | None) -> str:
    """Read a day as ISO 8601 writes it; today where none is given."""
    del context, option
    if given is None:
        return date.today().isoformat()  # noqa: DTZ011  # the day that the user's own calendar shows
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{given} is no day; write it as 2026-10-21") from error


def reported(request: Request, done: Introduced, *, written: bool, more: Iterable[str] = ()) -> int:
    """Say what was written, or show what would be, with `more` lines of the command's own; gives the exit code."""
    if not written:
        emit_patch("".join(_diff(one, done) for one in _ordered(done)))
    changed = done.changed
    story = (*_story(done, written=written), *more, *readiness(changed), *consequences(request, changed))
    text = "\n".join(story)
    emit(f"{text}\n") if written else say(text)
    return exit_code(changed.fresh)


def _ordered(done: Introduced) -> list[FileChange]:
    """Put first what was written on purpose, new files before others."""
    return sorted(done.changed.changes, key=lambda one: (not _is_new(one, done), one.path not in done.changed.planned))


def _is_new(one: FileChange, done: Introduced) -> bool:
    return one.path in done.novelty.files


def _diff(one: FileChange, done: Introduced) -> str:
    shown = unified_diff(one.path, one.before.text, one.after, bom=one.before.bom)
    first, _, rest = shown.partition("\n")
    return f"--- /dev/null\n{rest}" if _is_new(one, done) and first.startswith("--- ") else shown


def _story(done: Introduced, *, written: bool) -> Iterator[str]:
    for one in _ordered(done):
        regions = f": {counted(len(one.regions), 'region')} ({', '.join(map(escape, one.regions))})" if one.regions else ""
        yield f"{_VERBS[written, _is_new(one, done)]} {escape_path(one.path)}{regions}"
    if record := done.record:
        line = done.changed.after.documents[record.path].lines.line(record.span.start)
        status = f", {record.status.value.replace('_', ' ')}" if record.status else ""
        title = f" {escape(record.title)}" if record.title else ""
        what = f"is a {record.kind} now" if written else f"would be a {record.kind}"
        yield f"{escape(record.id)}{title} {what}{status}: {escape_path(record.path)}:{line}"
