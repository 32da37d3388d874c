"""How a process stands by for a project: keeps up with the disk when it is asked, and forks one for each command."""

from __future__ import annotations

import fcntl
import gc
import io
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
from typing import Final

import docsync
from docsync.cache.identity import identity
from docsync.cli.handing_over import DECLINED, LENGTH, STARTED
from docsync.cli.main import run_here
from docsync.config.errors import ConfigError
from docsync.engine.request import JobError
from docsync.engine.session import Session
from docsync.engine.standing import keep_up

LOCK: Final = "standby-lock"
"""The file that whoever stands by holds locked."""
_LOCKABLE: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
_LARGEST: Final = 10_000_000
_SLOW: Final = 5.0
"""Seconds for a message to arrive."""
_TICK: Final = 30.0
"""Seconds after which it is looked whether the project and the socket are still there."""
_WAITING: Final = 16


class Standby:
    """Stand by for one project at the socket `path`; ends after `idle` seconds without a question."""

    def __init__(self, session: Session, path: str, idle: float) -> None:
        self._session, self._path, self._idle = session, path, idle
        self._identity = identity()
        self._lock = os.open(os.path.join(os.path.dirname(path), LOCK), _LOCKABLE, 0o600)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._asked = 0
        self._ends = False

    def is_first(self) -> bool:
        """Tell whether nobody else stands by for this project, and keep it so."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def open(self) -> None:
        """Listen from now on; raises JobError where that cannot be."""
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        try:
            before = os.umask(0o077)
            self._listener.bind(self._path)
            os.umask(before)
            self._listener.listen(_WAITING)
        except OSError as error:
            raise JobError(f"no socket can be made at {self._path}: {error.strerror or error}") from error

    def serve(self) -> None:
        """Answer until nobody has asked for so long, or there is nothing left to stand by for."""
        quiet = time.monotonic()
        signal.signal(signal.SIGTERM, self._end)
        gc.collect()
        gc.freeze()
        try:
            while not self._ends and time.monotonic() - quiet < self._idle and self._is_wanted():
                if select.select([self._listener], [], [], min(_TICK, self._idle))[0]:
                    self._answer(self._listener.accept()[0])
                    quiet = time.monotonic()
                else:
                    gc.collect()
        finally:
            self._give_up()

    def _give_up(self) -> None:
        """Leave the place to whoever starts next."""
        if self._lock >= 0:
            with suppress(OSError):
                os.unlink(self._path)
            os.close(self._lock)
        self._lock, self._ends = -1, True

    def _end(self, *_: object) -> None:
        self._ends = True

    def _is_wanted(self) -> bool:
        return os.path.exists(self._path) and os.path.isdir(self._session.setting.root)

    def _answer(self, connection: socket.socket) -> None:
        """Do what one message asks for; whatever goes wrong with it ends that message alone."""
        with connection, suppress(OSError):
            connection.settimeout(_SLOW)
            message, streams = _received(connection)
            try:
                match message:
                    case ["run", str() as source, str() as python, *asked] if self._is_same(source, python):
                        self._run(connection, asked, streams)
                    case ["status"]:
                        connection.sendall(STARTED + marshal.dumps(self._state()))
                    case ["stop"]:
                        self._give_up()
                        connection.sendall(STARTED + b"\0")
                    case _:
                        connection.sendall(DECLINED)
            finally:
                for stream in streams:
                    os.close(stream)

    def _is_same(self, source: str, python: str) -> bool:
        """Tell whether who asks is this very docsync; where it was changed since, its time is over."""
        same = source == docsync.__file__ and python == sys.version
        self._ends = self._ends or (same and identity() != self._identity)
        return same and not self._ends

    def _state(self) -> dict[str, object]:
        state = self._session.state
        documents = len(state.surveyed.reads) if state else 0
        return {"pid": os.getpid(), "documents": documents, "asked": self._asked, "bytes": _memory()}

    def _run(self, connection: socket.socket, asked: Sequence[object], streams: Sequence[int]) -> None:
        """Look at the disk, and run a command in a fork of this process, for as long as somebody waits for it."""
        try:
            keep_up(self._session)
        except (ConfigError, JobError):
            connection.sendall(DECLINED)  # who asked finds out the same, and can say it to the user
            return
        self._asked += 1
        ended, begun = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ended)
            self._listener.close()
            _run_forked(connection, asked, streams)
        os.close(begun)
        with os.fdopen(ended, "rb"):
            select.select([ended, connection.fileno()], [], [])
            if not select.select([ended], [], [], 0)[0]:
                os.kill(child, signal.SIGKILL)  # who waited has gone
        os.waitpid(child, 0)


def _received(connection: socket.socket) -> tuple[object, list[int]]:
    """Give a message and the streams that came with it; raises OSError where it is none."""
    head, streams, _, _ = socket.recv_fds(connection, LENGTH, 3)
    size = int.from_bytes(head, "big")
    parts: list[bytes] = []
    while size and size <= _LARGEST and (part := connection.recv(min(size, 1 << 16))):
        parts.append(part)
        size -= len(part)
    try:
        return marshal.loads(b"".join(parts)), streams  # noqa: S302  # the socket is this user's alone
    except (ValueError, EOFError, TypeError):
        return None, streams


def _run_forked(connection: socket.socket, asked: Sequence[object], streams: Sequence[int]) -> None:
    """Become the process that asked, run its command, tell the exit code, and end."""
    try:
        match asked:
            case [str() as folder, list() as arguments, dict() as environment, list() as encodings, int() as mask]:
                _become(folder, environment, mask)
                _connect(streams, encodings)
                sys.argv = ["docsync", *arguments]
                connection.settimeout(None)
                connection.sendall(STARTED)
                code = run_here(arguments)
                for stream in (sys.stdout, sys.stderr):
                    with suppress(OSError, ValueError):
                        stream.flush()
                connection.sendall(bytes([code]))
            case _:
                connection.sendall(DECLINED)
    finally:
        os._exit(0)  # nothing of the process that stands by is to be wound up here


def _become(folder: str, environment: dict[str, str], mask: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.chdir(folder)
    os.umask(mask)
    os.environ.clear()
    os.environ.update(environment)


def _connect(streams: Sequence[int], encodings: Sequence[str]) -> None:
    """Take the streams of the process that asked for one's own, as Python opens them when it starts."""
    for own, given in enumerate(streams):
        os.dup2(given, own)
    sys.stdin = io.open(0, encoding=encodings[0], closefd=False)  # noqa: UP020, SIM115  # it stays open to the end
    sys.stdout = open(1, "w", encoding=encodings[1], closefd=False)  # noqa: SIM115  # as above
    sys.stderr = open(2, "w", encoding=encodings[2], errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115  # as above


def _memory() -> int:
    """Give the greatest memory of this process, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
