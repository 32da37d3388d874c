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
from docsync.cli.handing_over import DECLINED, HEARD, LENGTH, READY, STARTED, who
from docsync.cli.main import run_here
from docsync.config.errors import ConfigError
from docsync.engine.request import JobError
from docsync.engine.session import Session
from docsync.engine.standing import keep_up

LOCK: Final = "standby-lock"
"""The file that whoever stands by holds locked; tells its process."""
_LOCKABLE: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
_LARGEST: Final = 10_000_000
_SLOW: Final = 5.0
"""Seconds for a message to arrive."""
_TICK: Final = 30.0
"""Seconds after which it is looked whether the project and the socket are still there."""
_GRACE: Final = 2.0
"""Seconds that a command has to end by itself once nobody waits for it."""
_WAITING: Final = 16
_MOST: Final = 32
"""Commands at one time; whoever comes then runs by itself."""
_COLLECTED_EVERY: Final = 50
_STREAMS: Final = 3


class _Run:
    """Hold a command that a fork runs; `ended` is a pipe that is closed when the fork ends."""

    def __init__(self, child: int, ended: int, connection: socket.socket) -> None:
        self.child, self.ended = child, ended
        self.connection: socket.socket | None = connection
        self.until = 0.0

    def watched(self) -> list[int]:
        """Give the descriptors at which something happens next."""
        return [self.ended, *([self.connection.fileno()] if self.connection else ())]

    def leave(self) -> None:
        """Interrupt the command, as Ctrl-C does, since whoever waited for it has gone."""
        self.let_go()
        self.until = time.monotonic() + _GRACE
        os.kill(self.child, signal.SIGINT)

    def kill_late(self) -> None:
        """End the command where an interrupt did not."""
        if self.until and time.monotonic() >= self.until:
            self.until = 0.0
            os.kill(self.child, signal.SIGKILL)

    def bury(self) -> None:
        """Clear away what is left of the fork once it has ended."""
        os.close(self.ended)
        self.let_go()
        os.waitpid(self.child, 0)

    def let_go(self) -> None:
        """Close the connection in this process."""
        if self.connection:
            self.connection.close()
        self.connection = None


class Standby:
    """Stand by for one project at the socket `path`; ends after `idle` seconds without a question."""

    def __init__(self, session: Session, path: str, idle: float) -> None:
        self._session, self._path, self._idle = session, path, idle
        self._identity = identity()
        self._lock = _locked(path, _LOCKABLE)
        if self._lock >= 0:
            os.ftruncate(self._lock, 0)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._place: tuple[int, int] | None = None
        self._runs: list[_Run] = []
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
        self._place = _place(self._path)

    def serve(self) -> None:
        """Answer until nobody has asked for so long, or there is nothing left to stand by for."""
        signal.signal(signal.SIGTERM, _end)
        os.pwrite(self._lock, str(os.getpid()).encode("ascii"), 0)
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
        seconds = _GRACE if any(run.until for run in self._runs) else min(_TICK, self._idle)
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
        if self._place and _place(self._path) == self._place:
            with suppress(OSError):
                os.unlink(self._path)
        if self._lock >= 0:
            os.close(self._lock)
        self._lock, self._place = -1, None

    def _is_wanted(self) -> bool:
        return not self._ends and _place(self._path) == self._place and os.path.isdir(self._session.setting.root)

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
            raise
        if child == 0:
            with suppress(OSError):
                self._forget(ended)
            _run_forked(connection, asked, streams)
        os.close(begun)
        self._runs.append(_Run(child, ended, connection))
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


def holder(path: str) -> int | None:
    """Give the process that stands by at a socket, whether or not it answers; None where nobody does, 0 for one unknown."""
    try:
        if (lock := _locked(path, _LOCKABLE & ~os.O_CREAT)) >= 0:
            os.close(lock)
            return None
        with open(_lock_of(path), encoding="ascii") as stream:
            said = stream.read(20)
    except (JobError, OSError, ValueError):
        return None
    return int(said) if said.isdecimal() else 0


def _lock_of(path: str) -> str:
    return os.path.join(os.path.dirname(path), LOCK)


def _locked(path: str, flags: int) -> int:
    """Lock the place of whoever stands by at a socket, and give the lock; -1 where somebody has it."""
    try:
        lock = os.open(_lock_of(path), flags, 0o600)
    except OSError as error:
        raise JobError(f"{_lock_of(path)}: {error.strerror or error}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return -1
    return lock


def _place(path: str) -> tuple[int, int] | None:
    """Tell the socket at a path from another one that was put there since; None where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


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
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what is started in the background may not hear it
    os.chdir(folder)
    os.umask(mask)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()


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
