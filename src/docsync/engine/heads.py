"""What git holds of a file at HEAD and at the other sides of a merge, asked of one process however many files there are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import Final

from docsync.engine.repository import Repository

_BATCH: Final = ("git", "--no-replace-objects", "cat-file", "--batch")
_QUIET: Final = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_FOUND: Final = re.compile(rb"[0-9a-f]{40,64} (\w+) (\d+)\n")


class Heads:
    """Hold the git process that answers; none is started before the first question, nor where there is no repository."""

    def __init__(self, root: str, repository: Repository | None) -> None:
        self._root = root
        self._repository = repository
        self._asked = repository is None
        self._sides = repository.sides() if repository else ()
        self._git: Popen[bytes] | None = None

    def texts(self, path: str) -> tuple[str, ...]:
        """Give a file's texts: at HEAD and, while a merge, rebase, cherry-pick or revert is under way, at its other side."""
        found = (self.text(path, side) for side in ("HEAD", *self._sides))
        return tuple(text for text in found if text is not None)

    def text(self, path: str, commit: str = "HEAD") -> str | None:
        """Give a file's text at a commit; None where there is none, or no git, or it is no UTF-8."""
        git = self._running()
        if git is None or git.stdin is None or git.stdout is None or "\n" in path:
            return None
        try:
            git.stdin.write(f"{commit}:./".encode("ascii") + os.fsencode(path) + b"\n")
            git.stdin.flush()
            if (found := _FOUND.fullmatch(git.stdout.readline())) is None:
                return None
            raw = git.stdout.read(int(found[2]) + 1)[:-1]
            return raw.decode("utf-8").removeprefix("\ufeff") if found[1] == b"blob" else None
        except (OSError, UnicodeDecodeError):
            return None

    def close(self) -> None:
        """Let the process end."""
        if self._git:
            with self._git, suppress(OSError):
                if self._git.stdin:
                    self._git.stdin.close()

    def _running(self) -> Popen[bytes] | None:
        if not self._asked and self._repository:
            self._asked = True
            # A submodule's settings name its folder, and not the one in which its staged files stand for a while.
            environment = {**quiet_environment(), "GIT_WORK_TREE": self._repository.top}
            with suppress(OSError):
                self._git = Popen(  # noqa: S603  # a fixed list of arguments; paths go through the pipe
                    _BATCH, cwd=self._root, env=environment, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
                )
        return self._git


@contextmanager
def heads_of(root: str, repository: Repository | None) -> Iterator[Heads]:
    """Give the heads of a project's files, and end git afterwards."""
    heads = Heads(root, repository)
    try:
        yield heads
    finally:
        heads.close()


def quiet_environment() -> dict[str, str]:
    """Leave out what a hook's git says of its own run, such as its index and folder: we ask about the root's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")}
    return {**kept, **_QUIET}
