"""How a command is handed to the process that stands by for its project, if there is one.

All that a command waits for before it is handed over; imports next to nothing. What is handed over is the command with its
surroundings and its three streams: the process that stands by forks one that runs it in this one's stead.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys

import docsync
from docsync.cache.answers import root_of
from docsync.cache.owned import folder_of, is_our_folder, is_ours

SOCKET = "standby"
"""What the project's memory calls the socket."""
LONGEST = 103
"""Bytes that the path of a socket may have on every system."""
WISH = "DOCSYNC_STANDBY"
"""Set to anything but 0, it makes a command that found nobody standing by leave somebody behind."""
HEARD, READY, STARTED, DECLINED = b"!", b"?", b"+", b"-"
HEARING = 5.0
"""Seconds after which whoever stands by is taken to be stuck, as long as nothing was heard of it."""
PATIENCE = 60.0
"""Seconds that it may take to look at the disk, once it has heard what is asked."""
HANDED = frozenset({"check", "regenerate", "status", "ready", "next", "list", "show", "graph", "sessions", "query"})
_OWN = frozenset(
    {"-", "--staged", "--since", "--history", "--stdin-filename", "--no-cache", "--jobs", "--executor", "--help", "-h"}
)
"""Arguments by which a command is to look for itself, or needs nothing of the project."""
_NO = ("", "0", "false")
_STREAMS = (0, 1, 2)
LENGTH = 8
"""Bytes that say how many follow."""


def is_handed(arguments: list[str]) -> bool:
    """Tell whether a command may be run by the process that stands by."""
    asked = not HANDED.isdisjoint(arguments[:1]) and _OWN.isdisjoint(each.partition("=")[0] for each in arguments)
    return asked and hasattr(os, "fork")


def socket_of(root: str) -> str:
    """Give the path of the socket for a project at `root`, a real path; empty where no folder for it is ours alone."""
    folder = folder_of(root)
    return os.path.join(folder, SOCKET) if folder and is_our_folder(os.path.dirname(folder)) and is_our_folder(folder) else ""


def who() -> list[str]:
    """Tell what two processes must have in common for one to run a command in the other's stead."""
    return [docsync.__file__, sys.version, sys.prefix, sys.getfilesystemencoding()]


def handed_over(arguments: list[str]) -> int | None:
    """Have a command run by the process that stands by; gives its exit code, None where there is none or it declines."""
    path = socket_of(root_of(arguments))
    if not path or not os.path.lexists(path) or not _has_its_streams():
        return None
    surroundings = [os.getcwd(), arguments, dict(os.environ), _encodings(), _umask()]
    reply = ask(path, ["run", who(), docsync.__version__, *surroundings], _STREAMS)
    return reply[0] if reply else None


def leave_behind(arguments: list[str]) -> None:
    """Start a process that stands by from now on, where the user wishes for one and the current folder is a project's root."""
    if os.environ.get(WISH, "") in _NO or os.environ.get("CI", "").lower() not in _NO or not sys.executable:
        return
    begins = os.path.lexists(".git") or os.path.isfile("docsync.toml")
    root = root_of(arguments)
    path = socket_of(root) if begins and root == os.getcwd() else ""
    if not path or len(os.fsencode(path)) > LONGEST:
        return
    from subprocess import DEVNULL, Popen  # noqa: PLC0415  # few wish for it

    # -P: a module in the project's folder must not be taken for one of ours.
    command = [sys.executable, "-P", "-m", "docsync", "standby", "start", "--root", root]
    Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)  # noqa: S603  # it is ourselves


def ask(path: str, message: list[object], streams: tuple[int, ...] = ()) -> bytes | None:
    """Send a message to the process that stands by, with some streams of this one; gives its reply, None where it declines.

    The reply to a command is its exit code in one byte. Who is interrupted meanwhile closes the connection, which ends it.
    """
    import socket  # noqa: PLC0415  # only where there is somebody to speak with

    body = marshal.dumps(message)
    try:
        if not is_ours(os.lstat(path), stat.S_IFSOCK):
            return None
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(HEARING)
            connection.connect(path)
            connection.sendall(len(body).to_bytes(LENGTH, "big") + body)
            if connection.recv(1) != HEARD:
                return None
            connection.settimeout(PATIENCE)
            if streams and connection.recv(1) == READY:
                # Not before: who reads what is printed would wait as long as a stuck process holds a stream.
                socket.send_fds(connection, [READY], streams)
            if connection.recv(1) != STARTED:
                return None
            connection.settimeout(None)
            return b"".join(iter(lambda: connection.recv(1 << 16), b"")) or _died()
    except OSError:  # nobody listens any more
        return None


def _died() -> bytes:
    print("docsync: the process that ran this in its stead was killed", file=sys.stderr)  # noqa: T201  # there is no logger
    return b"\x02"


def _has_its_streams() -> bool:
    """Tell whether this process has three streams, and Python writes to them: one that is closed may be any file by now."""
    try:
        return all(stream.fileno() == own for own, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)))
    except (OSError, ValueError, AttributeError):
        return False


def _encodings() -> list[str]:
    return [stream.encoding for stream in (sys.stdin, sys.stdout, sys.stderr)]


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
