"""How a command is handed to the process that stands by for its project, if there is one.

All that a command waits for before it is handed over; imports next to nothing. What is handed over is the command with its
surroundings and its three streams: the process that stands by forks one that runs it in this one's stead.
"""

from __future__ import annotations

import marshal
import os
import sys

import docsync
from docsync.cache.answers import root_of
from docsync.cache.owned import folder_of, is_our_folder

SOCKET = "standby"
"""What the project's memory calls the socket."""
WISH = "DOCSYNC_STANDBY"
"""Set to anything but 0, it makes a command that found nobody standing by leave somebody behind."""
STARTED, DECLINED = b"+", b"-"
PATIENCE = 60.0
"""Seconds after which whoever stands by is taken to be stuck, as long as the command has not started."""
_HANDED = frozenset({"check", "regenerate", "status", "ready", "next", "list", "show", "graph", "sessions", "query"})
_OWN = frozenset(
    {"-", "--staged", "--since", "--history", "--stdin-filename", "--no-cache", "--jobs", "--executor", "--help", "-h"}
)
"""Arguments by which a command is to look for itself, or needs nothing of the project."""
_STREAMS = (0, 1, 2)
LENGTH = 8
"""Bytes that say how many follow."""


def is_handed(arguments: list[str]) -> bool:
    """Tell whether a command may be run by the process that stands by."""
    return not _HANDED.isdisjoint(arguments[:1]) and _OWN.isdisjoint(each.partition("=")[0] for each in arguments)


def socket_of(root: str) -> str:
    """Give the path of the socket for a project at `root`, a real path; empty where no folder for it is ours alone."""
    folder = folder_of(root)
    return os.path.join(folder, SOCKET) if folder and is_our_folder(os.path.dirname(folder)) and is_our_folder(folder) else ""


def handed_over(arguments: list[str]) -> int | None:
    """Have a command run by the process that stands by; gives its exit code, None where there is none or it declines."""
    path = socket_of(root_of(arguments))
    if not path or not os.path.lexists(path):
        return None
    reply = ask(path, ["run", docsync.__file__, sys.version, os.getcwd(), arguments, dict(os.environ), _encodings(), _umask()])
    return reply[0] if reply else None


def leave_behind(arguments: list[str]) -> None:
    """Start a process that stands by from now on, where the user wishes for one and the current folder is a project's root."""
    begins = os.path.lexists(".git") or os.path.isfile("docsync.toml")
    if os.environ.get(WISH, "0") in ("", "0") or not begins or root_of(arguments) != os.getcwd() or not socket_of(os.getcwd()):
        return
    from subprocess import DEVNULL, Popen  # noqa: PLC0415  # few wish for it

    command = [sys.executable, "-m", "docsync", "standby", "start"]
    Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)  # noqa: S603  # it is ourselves


def ask(path: str, message: list[object]) -> bytes | None:
    """Send a message to the process that stands by, with the streams of this one; gives its reply, None where it declines.

    The reply to a command is its exit code in one byte. Who is interrupted meanwhile closes the connection, which ends it.
    """
    import socket  # noqa: PLC0415  # only where there is somebody to speak with

    body = marshal.dumps(message)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(path)
            socket.send_fds(connection, [len(body).to_bytes(LENGTH, "big")], _STREAMS)
            connection.sendall(body)
            if connection.recv(1) != STARTED:
                return None
            connection.settimeout(None)
            return b"".join(iter(lambda: connection.recv(1 << 16), b"")) or _died()
    except OSError:  # nobody listens any more, or one of the streams is closed
        return None


def _died() -> bytes:
    print("docsync: the process that ran this in its stead was killed", file=sys.stderr)  # noqa: T201  # there is no logger
    return b"\x02"


def _encodings() -> list[str]:
    return [stream.encoding if stream else "utf-8" for stream in (sys.stdin, sys.stdout, sys.stderr)]


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
