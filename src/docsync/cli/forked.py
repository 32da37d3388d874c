"""How a fork of the process that stands by takes the place of the process that asked, and how it is seen to."""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from docsync.cli.handing_over import DECLINED, STARTED
from docsync.cli.main import run_here

GRACE: Final = 2.0
"""Seconds that a command has to end by itself once nobody waits for it."""


class Fork:
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
        self.until = time.monotonic() + GRACE
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


def run_forked(connection: socket.socket, asked: Sequence[object], streams: Sequence[int]) -> None:
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
