"""`docsync sessions`: the chain of sessions, and the hand-over to read now."""

from __future__ import annotations

from datetime import date

import click

from docsync.cli.options import cache_option, json_option, root_option
from docsync.cli.streams import colours, columns, emit, is_terminal, say
from docsync.cli.telling import told
from docsync.engine.opening import open_project
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.engine.sittings.standing import chain_on
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.project.sessions import Chain
from docsync.project.unread_sessions import unread_sessions
from docsync.reporters.chains import Names, chain_json, chain_text, of_unread
from docsync.reporters.tabular import Look
from docsync.text.source import read


@click.command("sessions")
@root_option
@cache_option
@json_option
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Show the last N sessions alone.")
def command(root: str | None, *, no_cache: bool, as_json: bool, last: int | None) -> None:
    """Show the sessions in order: what each resolved, decided and left, and which hand-over to read now.

    A hand-over is a document whose name, folder or title says so. A session is running while it leaves open what comes next
    and nothing is handed over from it; one of an earlier day, as long as nobody wrote into it.
    """
    with told():
        opened = open_project(Request(root or default_root(()), cache=not no_cache))
        today = date.today().isoformat()  # noqa: DTZ011  # the day that the user's own calendar shows
        found = chain_on(opened.project, lambda path: read(opened.surveyed.root, path), today)
    emit(_shown(opened.project, found, last, as_json=as_json))


def _shown(project: Project, found: Chain, last: int | None, *, as_json: bool) -> str:
    shown = found.sessions[-last:] if last else found.sessions

    def line(record: Record) -> int:
        return project.documents[record.path].lines.position(record.span.start).line

    names = Names(lambda record: pointer(project, record), line)
    if as_json:
        return chain_json(found, shown, names)
    if not found.sessions:
        unread = unread_sessions(project)
        say("there are no sessions: no document here declares any; `docsync session start` writes the first")
        if unread:
            say(of_unread(unread))
        if not found.handovers:
            return ""
    return chain_text(found, shown, names, Look(columns(), is_terminal(), colours()))
