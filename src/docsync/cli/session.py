"""`docsync session`: begin one, and end it with a hand-over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from docsync.cli.arrivals import day_option, reported
from docsync.cli.exits import OK
from docsync.cli.options import root_option
from docsync.cli.streams import emit, say
from docsync.cli.telling import told
from docsync.engine.arriving.drafting import Novelty, Texts
from docsync.engine.arriving.introducing import introduce
from docsync.engine.arriving.places import place_below
from docsync.engine.opening import open_project
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.engine.setting import setting_of
from docsync.engine.sittings.beginning import Opening, begin, reading
from docsync.engine.sittings.beginning import running as running_already
from docsync.engine.sittings.ending import Closing, Ended, end
from docsync.engine.sittings.standing import chain_on
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.project.unread_sessions import unread_sessions
from docsync.reporters.chains import of_unread
from docsync.reporters.escaping import escape, escape_path
from docsync.text.source import read

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

    While a session is running nothing is written, and the hand-over is printed again; what would begin another one is
    refused. A session is running until its record names what comes next, as `docsync session end` has it do.
    """
    folder_root = root or default_root(())
    request = Request(folder_root)
    with told():
        opened = open_project(request)
        found = chain_on(opened.project, lambda path: read(opened.surveyed.root, path), day)
        opening = Opening(day, session_id, title, _folder(folder_root, folder))
        running = found.running
        if running and _is_another(running, opening):
            raise running_already(running)
        done = None if running else introduce(request, lambda now, texts: begin(now, texts, opening), write=not dry_run)
        path, text = reading(opened.surveyed.root, found)
    code = reported(request, done, written=not dry_run) if done else OK
    if running:
        told_ = f"{escape(running.id)} is running: {escape_path(running.path)}"
        say(told_) if dry_run else emit(f"{told_}\n")
    unread = unread_sessions(opened.project)
    if unread:
        say(of_unread(unread))
    if not path:
        say(f"there is no hand-over to read{'' if unread else ': this is the first session'}")
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
    folder_root = root or default_root(())
    request = Request(folder_root)
    ended: list[Ended] = []

    def compose(project: Project, texts: Texts) -> Novelty:
        ended.append(end(setting_of(request), project, texts, closing))
        return ended[-1].novelty

    with told():
        closing = Closing(day, session_id, title, nexts, notes, _folder(folder_root, folder))
        done = introduce(request, compose, write=not dry_run)
    return reported(request, done, written=not dry_run, more=_ended(ended[-1], written=not dry_run))


def _is_another(running: Record, opening: Opening) -> bool:
    """Tell whether the options that somebody gave speak of another session than the one that is running."""
    dated = click.get_current_context().get_parameter_source("day") is ParameterSource.COMMANDLINE
    return (
        opening.id.casefold() not in ("", running.id.casefold())
        or opening.title not in ("", running.title)
        or (dated and opening.day != running.text("date"))
    )


def _ended(ended: Ended, *, written: bool) -> Iterator[str]:
    yield f"{escape(ended.session)} {'has ended' if written else 'would end'}; {escape_path(ended.handover)} hands over from it"
    yield (
        f"It tells what changed since {escape(ended.basis)}"
        if ended.basis
        else "There is none before it that it could be compared with"
    )
    if left := ended.left:
        named, day = escape(left.id), left.text("date")
        dated = f" --date {day}" if day else ""
        yield f"{named} was begun and is left as it is; `docsync session end --id '{named}'{dated}` ends that one"


def _folder(root: str, given: str) -> str:
    return place_below(root, given if given.endswith("/") else f"{given}/") if given else ""


def _shown(text: str) -> str:
    return "".join(f"{escape(line)}\n" for line in text.splitlines())
