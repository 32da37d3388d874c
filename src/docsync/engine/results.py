"""What a run that puts text right is allowed to do, and what it came to."""

from __future__ import annotations

from msgspec import Struct

from docsync.engine.fingerprint import Fingerprint
from docsync.models.diagnostics import Report
from docsync.text.source import SourceFile


class Wish(Struct, frozen=True):
    """Say how far to go: fixes that are not safe, regions that were edited by hand, and whether to write at all.

    `merged` tells that all texts are what git has merged of commits, so that no generated text in them was edited by hand.
    """

    unsafe: bool = False
    overwrite_edited: bool = False
    write: bool = True
    merged: bool = False


class FileChange(Struct, frozen=True):
    """Say what becomes of one file: the regions filled, by id, and the numbers put right outside of them."""

    path: str
    before: SourceFile
    after: str
    regions: tuple[str, ...]
    numbers: int


class Regeneration(Struct, frozen=True):
    """Hold what was changed, or would be, and a report of what was left and why.

    `left.failed` tells that a file which had to be written could not be. `unsettled` holds, where fixing went round in a
    circle and so nothing was written, each file that still changed: its text before and after one more round. `rests_on` is
    what it rests on that there was nothing to do and nothing to tell; None where there was.
    """

    changes: tuple[FileChange, ...]
    left: Report
    unsettled: tuple[tuple[str, str, str], ...] = ()
    rests_on: Fingerprint | None = None
