"""What a record gives as its proof, and whether it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from docsync.models.records import Record
from docsync.project.index import Project

FIELDS: Final = ("resolution", "evidence", "artifacts")
"""The fields that name files and commits to look at."""

_MARKED = re.compile(r"`([^`]+)`|\]\(([^()\s]+)\)")
_PATH = re.compile(
    r"(?<![\w/:.@-])(?:(?:\.{1,2}/)*[\w@+-][\w@.+-]*(?:/[\w@.+-]+)+/?|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]\w{0,5}\b(?!/))"
)
_COMMIT = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b")
_LONGEST: Final = 4_000
"""In code points: what is longer is an account, and no list of files."""


class Proof(Struct, frozen=True):
    """Hold one thing that a field gives as proof; `there` is None where that cannot be told, as for plain words.

    `found` is the path as it is from the root, empty for what is not there and for commits.
    """

    field: str
    text: str
    there: bool | None
    found: str = ""


def proofs(project: Project, record: Record) -> tuple[Proof, ...]:
    """Give what a record names as its proof, each once, in the order of its fields."""
    return tuple(dict.fromkeys(proof for field in FIELDS for proof in _of_field(project, record, field)))


def _of_field(project: Project, record: Record, field: str) -> Iterator[Proof]:
    for text in record.texts(field):
        files = list(dict.fromkeys(_paths(text)))
        commits = list(dict.fromkeys(_COMMIT.findall(text[:_LONGEST])))
        for path in files:
            found = project.evidence.find(path, record.path)
            yield Proof(field, path, bool(found) if project.evidence.at_hand else None, found)
        unknown = project.evidence.unknown_commits(commits)
        for commit in commits:
            if not any(commit in path for path in files):
                yield Proof(field, commit, None if unknown is None else commit not in unknown)
        if not files and not commits:
            yield Proof(field, text, None)


def _paths(text: str) -> Iterator[str]:
    """Give the paths in a text: marked ones as they are, others where they look like one; no addresses."""
    short = text[:_LONGEST]
    for marked in _MARKED.finditer(short):
        path = (marked[1] or marked[2]).strip()
        if "://" not in path and _PATH.fullmatch(path):
            yield path
    for bare in _PATH.finditer(_MARKED.sub(lambda marked: " " * len(marked[0]), short)):
        if not short[: bare.start()].rstrip("/").endswith(":"):
            yield bare[0]
