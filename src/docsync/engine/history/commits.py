"""Which commits a history is made of, and what each says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from subprocess import DEVNULL, PIPE, run
from typing import Final

from msgspec import Struct

from docsync.engine.git.objects import Objects
from docsync.engine.heads import quiet_environment
from docsync.engine.repository import Repository
from docsync.engine.request import JobError
from docsync.models.history import Commit

_GIT: Final = ("git", "--no-replace-objects", "rev-list", "--topo-order", "--reverse")
_PERSON: Final = re.compile(rb"^(author|committer) .*?> ?(-?\d{1,14}) ([+-]\d{4})$", re.MULTILINE)
_PARENT: Final = re.compile(rb"^parent ([0-9a-f]+)$", re.MULTILINE)
_ENCODING: Final = re.compile(rb"^encoding (\S+)$", re.MULTILINE)
_LONGEST: Final = 500
"""In characters, of a subject line."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTES: Final = 60


class Committed(Struct, frozen=True):
    """Hold a commit with the name of its tree."""

    commit: Commit
    tree: str


def names_of(repository: Repository, root: str, tip: str, *, every: bool = False, without: str = "") -> tuple[str, ...]:
    """Give the commits that lead to a tip, the oldest first: its first parents alone, or `every` one that was merged.

    Those that lead to `without` are left out. Raises JobError where git does not answer.
    """
    command = (*_GIT, *(() if every else ("--first-parent",)), tip, *((f"^{without}",) if without else ()), "--")
    environment = {**quiet_environment(), "GIT_WORK_TREE": repository.top}
    try:
        done = run(command, cwd=root, env=environment, stdout=PIPE, stderr=DEVNULL, check=False)  # noqa: S603  # full names
    except OSError as error:
        raise JobError(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        raise JobError(f"git cannot list the commits before {tip[:10]}; `git -C {repository.top} fsck` tells what is wrong")
    return tuple(done.stdout.decode("ascii").split())


def commits_of(objects: Objects, names: Iterable[str]) -> Iterator[Committed]:
    """Read commits; raises JobError for one that git lacks."""
    for name in names:
        found = objects.get(name)
        if found is None or found.kind != "commit":
            raise JobError(f"git lacks the commit {name[:10]}; `git fetch --refetch` gets it")
        yield _read(name, found.raw)


def _read(name: str, raw: bytes) -> Committed:
    head, _, message = raw.partition(b"\n\n")
    tree = head.split(b"\n", 1)[0].removeprefix(b"tree ").decode("ascii")
    parents = tuple(found.decode("ascii") for found in _PARENT.findall(head))
    dates = {role: _date(int(seconds), offset) for role, seconds, offset in _PERSON.findall(head)}
    encoding = _ENCODING.search(head)
    subject = _subject(message, encoding[1].decode("ascii", "replace") if encoding else "utf-8")
    return Committed(Commit(name, parents, dates.get(b"author", ""), dates.get(b"committer", ""), subject), tree)


def _date(seconds: int, offset: bytes) -> str:
    """Give a moment in ISO form, empty for one that no calendar has."""
    minutes = int(offset[1:3]) * _MINUTES + int(offset[3:5])
    try:
        zone = timezone(timedelta(minutes=-minutes if offset.startswith(b"-") else minutes))
        return (_EPOCH + timedelta(seconds=seconds)).astimezone(zone).isoformat()
    except (ValueError, OverflowError):
        return ""


def _subject(message: bytes, encoding: str) -> str:
    """Give the first paragraph of a message on one line, as git does."""
    paragraph = message.lstrip(b"\n").split(b"\n\n", 1)[0]
    try:
        text = paragraph.decode(encoding, "replace")
    except LookupError:
        text = paragraph.decode("utf-8", "replace")
    return " ".join(text.split())[:_LONGEST]
