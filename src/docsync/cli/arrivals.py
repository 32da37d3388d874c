"""How it is told what a command wrote that brings something new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import click

from docsync.cli.exits import FAILED, FOUND, OK
from docsync.cli.streams import emit, emit_patch, say
from docsync.engine.arriving.introducing import Introduced, Made
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


def reported(done: Introduced, *, written: bool, more: Iterable[str] = ()) -> int:
    """Say what was written, or show what would be, with `more` lines of the command's own; gives the exit code."""
    if not written:
        emit_patch("".join(_diff(one) for one in done.made))
    story = "\n".join((*_story(done, written=written), *more))
    if written:
        emit(f"{story}\n")
    else:
        say(story)
    if done.left:
        return FAILED
    return FOUND if done.contradicted else OK


def _diff(one: Made) -> str:
    if one.before is not None:
        return unified_diff(one.path, one.before.text, one.after, bom=one.before.bom)
    return unified_diff(one.path, "", one.after).replace(f"--- a/{one.path}\n", "--- /dev/null\n", 1)


def _story(done: Introduced, *, written: bool) -> Iterator[str]:
    for one in done.made:
        verb = _VERBS[written, one.before is None]
        regions = f": {counted(len(one.regions), 'region')} ({', '.join(map(escape, one.regions))})" if one.regions else ""
        yield f"{verb} {escape_path(one.path)}{regions}"
    if record := done.record:
        line = done.judgement.project.documents[record.path].lines.line(record.span.start)
        status = f", {record.status.value.replace('_', ' ')}" if record.status else ""
        title = f" {escape(record.title)}" if record.title else ""
        what = f"is a {record.kind} now" if written else f"would be a {record.kind}"
        yield f"{escape(record.id)}{title} {what}{status}: {escape_path(record.path)}:{line}"
    for path, why in done.left:
        yield f"{escape_path(path)} was left alone: {escape(why)}; run `docsync regenerate`"
    if done.contradicted:
        count = len(done.contradicted)
        yield f"{counted(count, 'statement')} elsewhere {'disagrees' if count == 1 else 'disagree'} now:"
    for found in done.contradicted:
        where = done.judgement.project.documents[found.place.path].lines.position(found.place.span.start)
        yield f"  {escape_path(found.place.path)}:{where.line}:{where.column} {found.code} {escape(found.message)}"
