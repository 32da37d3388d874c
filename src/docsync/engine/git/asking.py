"""How git is asked for something, or told to do it."""

from __future__ import annotations

import os
from subprocess import run
from typing import Final

from docsync.engine.request import JobError

_GIT: Final = "git"
_SPOKEN: Final = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def ask(top: str, *arguments: str, given: bytes = b"") -> bytes:
    """Give what git prints when it is run in a repository's top folder; raises JobError where it fails.

    A hook's own environment is kept, since it names the index that is being committed. It speaks of the top folder alone.
    """
    code, answer, said = attempt(top, *arguments, given=given)
    if code:
        reason = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise JobError(f"git {arguments[0]} failed in {top}: {reason or f'exit code {code}'}")
    return answer


def attempt(top: str, *arguments: str, given: bytes = b"") -> tuple[int, bytes, bytes]:
    """Give git's exit code and what it printed to both its outputs; raises JobError where there is no git."""
    try:
        done = run(  # noqa: S603  # no shell, and whatever names files comes after `--` or through the pipe
            (_GIT, *arguments), cwd=top, env={**os.environ, **_SPOKEN}, input=given, capture_output=True, check=False
        )
    except OSError as error:
        raise JobError(f"git cannot be run: {error.strerror or error}") from error
    return done.returncode, done.stdout, done.stderr


def names(listing: bytes) -> tuple[str, ...]:
    """Give the paths of a list that NUL characters end."""
    return tuple(os.fsdecode(name) for name in listing.split(b"\0") if name)
