"""Report a file whose name gives another status than its front matter.

## What it does

Where the files of a folder bear their status in their names (`014-pending-p2-quay-lamps.md`), compares it with the `status` in
the front matter.

## Why

The work was finished and the file was not renamed, so that the folder lists it as work to be done.

## Example

```text
todos/014-pending-p2-quay-lamps.md:2:9 DS311 014-pending-p2-quay-lamps.md is called pending by its name, but completed here
```

## What to do

Rename the file, or correct the status.

## How precision is kept

A number, a word that is a status, and more words must make up the name, and at least three files of the folder must bear the
status in their name that their front matter gives, three times as many as do not. Only statuses that cannot both be true count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname
from typing import Final

from msgspec import Struct

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts, FrontMatterEntry
from docsync.models.status import Status, parse_status, word_key
from docsync.project.following import where
from docsync.project.index import Project
from docsync.validator.clashes import clash

CODE = "DS311"
NAME = "file-name-status-disagrees"
SEVERITY = Severity.WARNING
KEEPS = False

_NAME = re.compile(r"\d{1,6}[-_](?P<word>[a-z]+(?:[-_](?:progress|started|do))?)[-_](?=\w)")
_FEWEST: Final = 3
_MANY: Final = 3


class _Filed(Struct, frozen=True):
    document: DocumentFacts
    word: str
    named: Status
    entry: FrontMatterEntry
    status: Status

    @property
    def reason(self) -> str:
        """Give why the two cannot both be true, empty where they can."""
        return clash(self.named, self.status, self.word, str(self.entry.value))


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the files whose name was left behind, in folders whose names tell."""
    folders: dict[str, list[_Filed]] = {}
    for path, document in _named(project).items():
        if filed := _filed(document, project.config.words):
            folders.setdefault(dirname(path), []).append(filed)
    for files in folders.values():
        odd = [one for one in files if one.reason]
        agreeing = sum(one.named is one.status for one in files)
        if agreeing >= max(_FEWEST, _MANY * len(odd)):
            yield from map(_finding, odd, [agreeing] * len(odd))


@where
def _named(document: DocumentFacts) -> bool:
    stated = document.front_matter is not None and "status" in document.front_matter.entries
    return stated and _NAME.match(basename(document.path)) is not None


def _filed(document: DocumentFacts, words: Mapping[str, Status]) -> _Filed | None:
    found = _NAME.match(basename(document.path))
    entry = document.front_matter.entries.get("status") if document.front_matter else None
    if found is None or entry is None or not isinstance(entry.value, str):
        return None
    named, status = words.get(word_key(found["word"])), parse_status(entry.value, words)
    return _Filed(document, found["word"], named, entry, status) if named and status else None


def _finding(filed: _Filed, agreeing: int) -> Finding:
    path = filed.document.path
    return Finding(
        filed.document.place(filed.entry.value_span),
        f"{basename(path)} is called {filed.word} by its name, but {filed.entry.value} here: {filed.reason}",
        verdict=Verdict.CONTRADICTED,
        help="rename the file, or correct the status",
        evidence=(f"{agreeing} other files of `{dirname(path) or '.'}` bear the status in their name that they have",),
    )
