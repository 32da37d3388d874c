"""`docsync standby`: have a process hold a project ready, so that the next command need not read it."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from docsync.cli.exits import FOUND, OK
from docsync.cli.failures import Failure
from docsync.cli.handing_over import ask, socket_of
from docsync.cli.options import root_option
from docsync.cli.streams import emit
from docsync.cli.telling import told
from docsync.engine.request import JobError, Request
from docsync.engine.roots import default_root
from docsync.engine.setting import setting_of
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape_path

_IDLE: Final = 30.0
_MINUTE: Final = 60.0
_DESCRIPTORS: Final = 4096
"""More than a process has usually got when it starts."""


@click.group("standby")
def command() -> None:
    """Have a process hold a project ready, so that the next command need not read it.

    After one changed document, check then takes about as long as it does when nothing has changed. The process listens to this
    user alone, looks at the disk each time it is asked, and ends by itself. DOCSYNC_STANDBY=1 in the environment makes each
    check, list and the like start one where there is none.
    """


@command.command("start")
@root_option
@click.option(
    "--idle",
    type=click.FloatRange(min=0.01),
    default=_IDLE,
    show_default=True,
    metavar="MINUTES",
    help="How long nobody may have asked before it ends.",
)
@click.option("--foreground", is_flag=True, help="Stay in the foreground; Ctrl-C ends it.")
def start(root: str | None, idle: float, *, foreground: bool) -> int:
    """Read the project, and stand by for it in the background."""
    with told():
        place = _place(root)
        from docsync.cli.standing_by import Standby  # noqa: PLC0415  # not to be had on every system
        from docsync.engine.session import Session  # noqa: PLC0415  # only who starts reads anything

        request = Request(place)
        if setting_of(request).folder is None or not (path := socket_of(place)):
            raise JobError(
                "standing by needs a cache folder outside the project that only this user writes to (XDG_CACHE_HOME)"
            )
        session = Session(request)
        standby = Standby(session, path, idle * _MINUTE)
        if not standby.is_first():
            emit(f"Somebody stands by for {escape_path(place)} already.\n")
            return OK
        standby.open()
        documents = len(session.state.surveyed.reads) if session.state else 0
        emit(f"Standing by for {escape_path(place)} with {counted(documents, 'document')}.\n")
        if foreground or _in_background(standby.held()):
            standby.serve()
    return OK


@command.command("stop")
@root_option
def stop(root: str | None) -> int:
    """End the process that stands by for the project."""
    place, reply = _asked(root, "stop")
    if reply is None:
        return FOUND
    emit(f"Nobody stands by for {escape_path(place)} any more.\n")
    return OK


@command.command("status")
@root_option
def status(root: str | None) -> int:
    """Tell whether a process stands by for the project, and what it takes."""
    place, reply = _asked(root, "status")
    if reply is None:
        return FOUND
    state = marshal.loads(reply)  # noqa: S302  # the socket is this user's alone
    said = f"{counted(state['documents'], 'document')}, asked {counted(state['asked'], 'time')}, {state['bytes'] / 1e6:.0f} MB"
    emit(f"Process {state['pid']} stands by for {escape_path(place)}: {said}.\n")
    return OK


def _place(root: str | None) -> str:
    """Give the real path of the project; raises JobError where there is no standing by."""
    if not hasattr(os, "fork"):
        raise JobError("standing by needs a system that can fork processes; this one cannot")
    return os.path.realpath(root or default_root(()))


def _asked(root: str | None, question: str) -> tuple[str, bytes | None]:
    """Ask whoever stands by, and give the project's path with the reply; None where nobody does, which is said."""
    with told():
        place = _place(root)
        from docsync.cli.standby_lock import holder  # noqa: PLC0415  # not to be had on every system

        path = socket_of(place)
        reply = ask(path, [question]) if path and os.path.lexists(path) else None
        if reply is None and path and (process := holder(path)) is not None:
            raise JobError(f"process {process or 'unknown'} stands by for {place}, or begins to, and does not answer")
    if reply is None:
        emit(f"Nobody stands by for {escape_path(place)}.\n")
    return place, reply


def _in_background(held: Sequence[int]) -> bool:
    """Leave a process behind that holds on to nothing of this one but some descriptors; tells whether this is that process."""
    sys.stdout.flush()
    try:
        if os.fork():
            return False
    except OSError as error:
        raise Failure(f"no process can be left behind: {error.strerror or error}") from error
    os.setsid()
    os.chdir("/")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    at = 3
    for own in (*sorted(held), _DESCRIPTORS):  # whoever started us may wait for the end of a pipe that we got, too
        os.closerange(at, own)
        at = own + 1
    return True
