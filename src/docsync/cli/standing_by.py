"""How a process stands by for a project: keeps up with the disk when it is asked, and forks one for each command."""

from __future__ import annotations

import gc
import marshal
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final

import docsync
from docsync.cache.identity import identity
from docsync.cli.forked import GRACE, Fork, run_forked
from docsync.cli.handing_over import DECLINED, HANDED, HEARD, LENGTH, READY, STARTED, who
from docsync.cli.standby_lock import locked, place_of
from docsync.cli.table import COMMANDS
from docsync.config.errors import ConfigError
from docsync.engine.request import JobError
from docsync.engine.session import Session
from docsync.engine.standing import keep_up
from docsync.reporters.formats import reporter

_LARGEST: Final = 10_000_000
_SLOW: Final = 5.0
"""Seconds for a message to arrive."""
_TICK: Final = 30.0
"""Seconds after which it is looked whether the project and the socket are still there."""
_WAITING: Final = 16
_MOST: Final = 32
"""Commands at one time; whoever comes then runs by itself."""
_COLLECTED_EVERY: Final = 50
_STREAMS: Final = 3


class Standby:
    """Stand by for one project at the socket `path`; ends after `idle` seconds without a question."""

    def __init__(self, session: Session, path: str, idle: float) -> None:
        self._session, self._path, self._idle = session, path, idle
        self._identity = identity()
        self._lock = locked(path, make=True)
        if self._lock >= 0:
            os.ftruncate(self._lock, 0)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._place: tuple[int, int] | None = None
        self._runs: list[Fork] = []
        self._asked = 0
        self._ends = False

    def is_first(self) -> bool:
        """Tell whether nobody else stands by for this project, and keep it so."""
        return self._lock >= 0

    def held(self) -> tuple[int, int]:
        """Give the descriptors that this one needs."""
        return self._lock, self._listener.fileno()

    def open(self) -> None:
        """Read the project, and listen from now on; raises ConfigError and JobError where that cannot be."""
        try:
            self._bind()  # before anything is read, since it may be of no use
            keep_up(self._session)
            self._listener.listen(_WAITING)
        except OSError as error:
            self._give_up()
            raise JobError(f"no socket can be made at {self._path}: {error.strerror or error}") from error
        except (ConfigError, JobError):
            self._give_up()
            raise

    def _bind(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        before = os.umask(0o077)
        try:
            self._listener.bind(self._path)
        finally:
            os.umask(before)
        self._place = place_of(self._path)

    def serve(self) -> None:
        """Answer until nobody has asked for so long, or there is nothing left to stand by for."""
        signal.signal(signal.SIGTERM, _end)
        os.pwrite(self._lock, str(os.getpid()).encode("ascii"), 0)
        _load_commands()
        gc.collect()
        gc.freeze()
        try:
            quiet = time.monotonic()
            while self._is_wanted() and (self._runs or time.monotonic() - quiet < self._idle):
                if self._wait(self._listener.fileno()):
                    self._answer(self._listener.accept()[0])
                    quiet = time.monotonic()
        finally:
            self._give_up()
        while self._runs:
            self._wait()

    def _wait(self, *listener: int) -> bool:
        """Wait until something happens, and see to the commands under way; tells whether somebody asks."""
        poll = select.poll()
        for each in (*listener, *(each for run in self._runs for each in run.watched())):
            poll.register(each, select.POLLIN)
        seconds = GRACE if any(run.until for run in self._runs) else min(_TICK, self._idle)
        happened = {each for each, _ in poll.poll(seconds * 1000)}
        if not happened:
            gc.collect()
        for run in self._runs:
            if run.ended in happened:
                run.bury()
            elif run.connection and run.connection.fileno() in happened:
                run.leave()
            else:
                run.kill_late()
        self._runs = [run for run in self._runs if run.ended not in happened]
        return not happened.isdisjoint(listener)

    def _give_up(self) -> None:
        """Leave the place to whoever starts next."""
        self._ends = True
        self._listener.close()
        if self._place and place_of(self._path) == self._place:
            with suppress(OSError):
                os.unlink(self._path)
        if self._lock >= 0:
            os.close(self._lock)
        self._lock, self._place = -1, None

    def _is_wanted(self) -> bool:
        return not self._ends and place_of(self._path) == self._place and os.path.isdir(self._session.setting.root)

    def _answer(self, connection: socket.socket) -> None:
        """Do what one message asks for; whatever goes wrong with it ends that message alone."""
        streams: list[int] = []
        kept = False
        try:
            connection.settimeout(_SLOW)
            message = _received(connection)
            connection.sendall(HEARD)
            match message:
                case ["run", list() as asker, str() as version, *asked] if self._is_same(asker, version):
                    kept = self._run(connection, asked, streams)
                case ["status"]:
                    connection.sendall(STARTED + marshal.dumps(self._state()))
                case ["stop"]:
                    self._give_up()
                    connection.sendall(STARTED + b"\0")
                case _:
                    connection.sendall(DECLINED)
        except OSError:
            pass
        finally:
            for stream in streams:
                os.close(stream)
            if not kept:
                connection.close()

    def _is_same(self, asker: Sequence[object], version: str) -> bool:
        """Tell whether who asks is this very docsync; where it was changed since, its time is over."""
        same = asker == who()
        if same and (version != docsync.__version__ or identity() != self._identity):
            self._give_up()
        return same and not self._ends

    def _state(self) -> dict[str, object]:
        state = self._session.state
        documents = len(state.surveyed.reads) if state else 0
        return {"pid": os.getpid(), "documents": documents, "asked": self._asked, "bytes": _memory()}

    def _run(self, connection: socket.socket, asked: Sequence[object], streams: list[int]) -> bool:
        """Look at the disk, take the asker's streams, and run a command in a fork; tells whether one was made."""
        if len(self._runs) >= _MOST or not self._keeps_up():
            connection.sendall(DECLINED)
            return False
        connection.sendall(READY)
        streams += socket.recv_fds(connection, len(READY), _STREAMS)[1]
        if len(streams) != _STREAMS:  # some are lost where this process has too many files open
            connection.sendall(DECLINED)
            return False
        self._asked += 1
        if self._asked % _COLLECTED_EVERY == 0:
            gc.collect()
        ended, begun = os.pipe()
        try:
            child = os.fork()
        except OSError:
            os.close(ended)
            os.close(begun)
            raise
        if child == 0:
            with suppress(OSError):
                self._forget(ended)
            run_forked(connection, asked, streams)
        os.close(begun)
        self._runs.append(Fork(child, ended, connection))
        return True

    def _keeps_up(self) -> bool:
        try:
            keep_up(self._session)
        except (ConfigError, JobError):  # who asked finds out the same, and can say it to the user
            return False
        return True

    def _forget(self, ended: int) -> None:
        """Close in a fork what is no matter of the command that it runs."""
        self._place = None
        os.close(ended)
        os.close(self._lock)
        self._listener.close()
        for run in self._runs:
            os.close(run.ended)
            run.let_go()


def _end(*_: object) -> None:
    sys.exit(0)


def _received(connection: socket.socket) -> object:
    """Give a message; raises OSError where none arrives."""
    head = connection.recv(LENGTH, socket.MSG_WAITALL)
    size = int.from_bytes(head, "big")
    parts: list[bytes] = []
    while size and size <= _LARGEST and (part := connection.recv(min(size, 1 << 16))):
        parts.append(part)
        size -= len(part)
    try:
        return marshal.loads(b"".join(parts))  # noqa: S302  # the socket is this user's alone
    except (ValueError, EOFError, TypeError):
        return None


def _load_commands() -> None:
    """Load what the commands take, so that no fork has to."""
    for name in HANDED:
        import_module(COMMANDS[name].module)
    reporter("text", statistics=False)


def _memory() -> int:
    """Give the greatest memory of this process, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
