"""`docsync session`: begin one, and end it with a hand-over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from docsync.cli.arrivals import day_option, reported
from docsync.cli.exits import OK
from docsync.cli.options import root_option
from docsync.cli.streams import emit, say
from docsync.cli.telling import told
from docsync.engine.arriving.introducing import introduce
from docsync.engine.arriving.places import place_below
from docsync.engine.opening import Opened, open_project
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.engine.sittings.beginning import Opening, begin, reading
from docsync.engine.sittings.ending import Closing, end
from docsync.project.sessions import chain
from docsync.reporters.escaping import escape, escape_path

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _shared(command: _Command) -> _Command:
    """Add the options of both commands."""
    dry = click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a unified diff.")
    day = click.option("--date", "day", callback=day_option, metavar="DATE", help="The day of the session [default: today].")
    title = click.option("--title", default="", help="What the session is called.")
    return dry(day(title(root_option(command))))


@click.group("session")
def command() -> None:
    """Begin a session, or end it with a hand-over to the next one."""


@command.command("start")
@click.option("--id", "session_id", default="", metavar="ID", help="Its id [default: the next free one].")
@click.option("--dir", "folder", default="", metavar="DIR", help="The folder of its document [default: where the others are].")
@_shared
def start(session_id: str, folder: str, title: str, day: str, root: str | None, *, dry_run: bool) -> int:  # noqa: PLR0913  # one parameter an option
    """Write the document of a new session, and print the hand-over to read.

    While a session is running nothing is written, and the hand-over is printed again. A session is running until its record
    names what comes next, as `docsync session end` has it do.
    """
    with told():
        opened = open_project(Request(root or default_root(())))
        novelty = begin(opened, Opening(day, session_id, title, _folder(opened, folder)))
        done = introduce(opened, novelty, write=not dry_run) if novelty else None
        path, text = reading(opened, chain(opened.project))
    code = reported(done, written=not dry_run) if done else OK
    running = chain(opened.project).running
    if running and not done:
        emit(f"{escape(running.id)} is running: {escape_path(running.path)}\n")
    if not path:
        say("there is no hand-over to read: this is the first session")
    elif not dry_run:
        emit(f"\nRead first: {escape_path(path)}\n\n{_shown(text)}")
    return code


@command.command("end")
@click.option("--id", "session_id", default="", metavar="ID", help="The session [default: the one that is running].")
@click.option("--dir", "folder", default="", metavar="DIR", help="The folder of the hand-over [default: where the others are].")
@click.option("--next", "nexts", multiple=True, metavar="TEXT", help="What the next session starts with; once for each thing.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="What else it should know; once for each paragraph.")
@_shared
def finish(  # noqa: PLR0913, PLR0917  # one parameter an option, as click calls it
    session_id: str,
    folder: str,
    nexts: tuple[str, ...],
    notes: tuple[str, ...],
    title: str,
    day: str,
    root: str | None,
    *,
    dry_run: bool,
) -> int:
    """Write a hand-over from what changed since the last session, and what came of this one into its record.

    Changed since the commit that brought the last session's document or hand-over in: statuses, criteria, figures, records,
    files. Without git it is told from the records alone. A session that nobody began is written, too.
    """
    with told():
        opened = open_project(Request(root or default_root(())))
        ended = end(opened, Closing(day, session_id, title, nexts, notes, _folder(opened, folder)))
        done = introduce(opened, ended.novelty, write=not dry_run)
    return reported(done, written=not dry_run, more=_ended(ended.session, ended.handover, ended.basis, written=not dry_run))


def _ended(session: str, handover: str, basis: str, *, written: bool) -> Iterator[str]:
    yield f"{escape(session)} {'has ended' if written else 'would end'}; {escape_path(handover)} hands over from it"
    yield f"It tells what changed since {escape(basis)}" if basis else "It is the first, so there is none to compare with"


def _folder(opened: Opened, given: str) -> str:
    if not given:
        return ""
    return place_below(opened.surveyed.root, given if given.endswith("/") else f"{given}/")


def _shown(text: str) -> str:
    return "".join(f"{escape(line)}\n" for line in text.splitlines())
