"""What git's objects hold, asked of one process, without anything being checked out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, Final

from msgspec import Struct

from docsync.engine.heads import quiet_environment
from docsync.engine.repository import Repository
from docsync.engine.request import JobError

_BATCH: Final = ("git", "--no-replace-objects", "cat-file", "--batch")
_FOUND: Final = re.compile(rb"([0-9a-f]{40,64}) (\w+) (\d+)\n")
_AMBIGUOUS: Final = b" ambiguous\n"


class GitObject(Struct, frozen=True):
    """Hold one of git's objects: its name, what it is, and its bytes."""

    name: str
    kind: str
    raw: bytes


class Ambiguous(Exception):
    """Say that several objects go by the name that was asked for."""


class Objects:
    """Hold the git process that answers."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes], repository: Repository) -> None:
        self._questions = questions
        self._answers = answers
        self._repository = repository

    def get(self, name: str) -> GitObject | None:
        """Give the object of a name, None where there is none; raises Ambiguous, and JobError where git does not answer."""
        if not name or "\n" in name or "\0" in name:
            return None
        try:
            self._questions.write(os.fsencode(name) + b"\n")
            self._questions.flush()
            answer = self._answers.readline()
            found = _FOUND.fullmatch(answer)
            raw = self._answers.read(int(found[3]) + 1)[:-1] if found else b""
        except OSError:
            answer, found, raw = b"", None, b""
        if not answer:
            raise JobError(f"git does not answer in {self._repository.top}; {self._advice()}")
        if answer.endswith(_AMBIGUOUS):
            raise Ambiguous
        return GitObject(found[1].decode(), found[2].decode(), raw) if found else None

    def _advice(self) -> str:
        """Say why git may have ended: at what a clone was told not to fetch it does, rather than say that it is missing."""
        if self._repository.whole:
            return f"`git -C {self._repository.top} status` tells why"
        return "this clone was made without all contents; `git fetch --refetch` gets them"

    def tree(self, name: str) -> dict[str, tuple[str, str]]:
        """Give a folder's entries: the mode and the object's name of each; empty where there is no such folder."""
        found = self.get(name)
        return dict(_entries(found.raw, len(name) // 2)) if found and found.kind == "tree" else {}


@contextmanager
def objects_of(root: str, repository: Repository) -> Iterator[Objects]:
    """Give the objects of a repository, and end git afterwards; raises JobError where there is no git."""
    environment = {**quiet_environment(), "GIT_WORK_TREE": repository.top}
    try:
        git = Popen(  # noqa: S603  # a fixed list of arguments; names go through the pipe
            _BATCH, cwd=root, env=environment, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
    except OSError as error:
        raise JobError(f"git cannot be run: {error.strerror or error}") from error
    assert git.stdin  # noqa: S101  # both are pipes
    assert git.stdout  # noqa: S101
    try:
        yield Objects(git.stdin, git.stdout, repository)
    finally:
        with suppress(OSError):
            git.stdin.close()
        git.stdout.close()
        git.wait()


def _entries(raw: bytes, length: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Read a tree object: mode, blank, name, NUL and the object's name in `length` bytes, again and again."""
    at = 0
    while at < len(raw):
        end = raw.index(b"\0", at)
        mode, _, name = raw[at:end].partition(b" ")
        at = end + 1 + length
        yield os.fsdecode(name), (mode.decode("ascii"), raw[end + 1 : at].hex())
