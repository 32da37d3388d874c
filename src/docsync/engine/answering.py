"""How a check leaves what it printed for the next one that is asked the same."""

from __future__ import annotations

import os
import sys

from docsync.cache.answers import MOST, START, Ground, answer, is_repeatable
from docsync.cache.folder import CacheFolder
from docsync.cache.marks import mark_at
from docsync.cache.owned import folder_of
from docsync.engine.fingerprint import Fingerprint
from docsync.engine.own_files import FILE
from docsync.engine.request import Request


def keep_answer(request: Request, rests_on: Fingerprint, output: str, code: int) -> None:
    """Keep what this process was asked and is about to print, if all that it rests on can be relied on to show a change."""
    arguments = sys.argv[1:]
    if not is_repeatable(arguments):
        return
    root = os.path.realpath(request.root)
    marks = {os.path.join(root, path): seen.mark for path, seen in {**rests_on.folders, **rests_on.files}.items()}
    besides = {FILE, *(path for ages in rests_on.ages.values() for path in ages)}
    marks |= {full: mark_at(full) for path in besides if (full := os.path.join(root, path)) not in marks}
    kept = answer(arguments, Ground(root, rests_on.taken, marks, dict(rests_on.existing)), output, code)
    if kept:
        folder = CacheFolder(folder_of(root))
        folder.write(*kept)
        folder.trim(START, MOST)
