"""How output reaches whoever reads it: any encoding, a terminal or none, a pipe that may close."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False  # importing typing takes as long as all else here
if TYPE_CHECKING:
    from typing import TextIO

_NARROWEST = 40
_NO_TERMINAL = 120


def prepare() -> None:
    """Let no character that an output cannot encode end a run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def emit(text: str) -> bool:
    """Print a text, and tell whether anybody reads it; one that has gone away is no fault, a full disk is one (Failure)."""
    if sys.stdout is None:
        return False
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _gone(sys.stdout, error)
        return False
    return True


def emit_patch(text: str) -> None:
    """Print a diff: as bytes in UTF-8 for a program that applies it, with no sign that steers a terminal for a person."""
    emit_bytes(text.encode("utf-8", "surrogateescape"))


def emit_bytes(raw: bytes) -> None:
    """Print what another program reads: as it is, and for a person at a terminal with no sign that steers it."""
    if is_terminal():
        from docsync.reporters.escaping import escape  # noqa: PLC0415  # what people read of it alone needs it

        emit("\n".join(escape(line) for line in raw.decode("utf-8", "surrogateescape").split("\n")))
    elif sys.stdout is not None:
        emit("")
        try:
            sys.stdout.buffer.write(raw)
            sys.stdout.buffer.flush()
        except OSError as error:
            _gone(sys.stdout, error)


def say(text: str) -> None:
    """Print a line for people beside the output proper."""
    print(text, file=sys.stderr)  # noqa: T201  # there is no logger


def is_terminal() -> bool:
    """Tell whether the output is read by a person at a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def colours() -> bool:
    """Tell whether to use colours: NO_COLOR forbids, FORCE_COLOR demands, else only a terminal that can."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Give how wide lines may be."""
    if not is_terminal():
        return _NO_TERMINAL
    try:
        return max(int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size(sys.stdout.fileno()).columns, _NARROWEST)
    except (OSError, ValueError):
        return _NO_TERMINAL


def _gone(stream: TextIO, error: OSError) -> None:
    """Send what is left to nowhere, so that Python's own flush at the end does not fail once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    if not isinstance(error, BrokenPipeError):
        from docsync.cli.failures import Failure  # noqa: PLC0415  # brings click along

        raise Failure(f"the output cannot be written: {error.strerror or error}") from error
