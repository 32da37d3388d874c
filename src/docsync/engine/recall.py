"""What an earlier run found, when nothing that it rests on has changed since.

This module and what it imports are all that a check of an unchanged project loads.
"""

from __future__ import annotations

import os
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.cache.folder import CacheFolder
from docsync.cache.pickles import dump, load
from docsync.engine.fingerprint import Fingerprint, digest, look, recheck
from docsync.engine.repository import Repository
from docsync.engine.request import ANYONE, Request
from docsync.engine.setting import Setting
from docsync.models.diagnostics import Report

_held: Final[list[tuple[str, Report, Fingerprint | None]]] = []
"""Empty but in a process that stands by, and in those that it forks."""
_RUNS = "run-"
_MOST_RUNS = 16


class Run(Struct, frozen=True):
    """Hold the outcome of a run with all that it rests on."""

    fingerprint: Fingerprint
    report: Report


def recall(folder: CacheFolder, setting: Setting) -> Run | None:
    """Give the last run over the same targets by the same docsync, whether or not it still holds."""
    match load(folder.read(_name(setting))):
        case (Fingerprint() as fingerprint, Report() as report):
            return Run(fingerprint, report)
    return None


def hold(root: str, report: Report, rests_on: Fingerprint | None) -> None:
    """Have a report ready in this process, for whoever asks about all of a project just as it is.

    `rests_on` is None where the report should not be kept, since it rests on what has only just changed.
    """
    _held[:] = [(root, report, rests_on)]


def held(request: Request) -> tuple[Report, Fingerprint | None] | None:
    """Give what this process has ready for a request, None where that is not all that is asked."""
    for root, report, rests_on in _held:
        asked = replace(request, root=root, crew=ANYONE)
        if asked == Request(root) and os.path.realpath(request.root) == root:
            return report, rests_on
    return None


def still_stands(folder: CacheFolder, setting: Setting, run: Run) -> Fingerprint | None:
    """Give the fingerprint of what a run rests on where that is as it was, None where anything has changed.

    What had to be read again to tell is not read the next time.
    """
    fingerprint = recheck(setting.root, run.fingerprint)
    if fingerprint is not None and fingerprint is not run.fingerprint:
        keep(folder, setting, Run(fingerprint, run.report))
    return fingerprint


def keep(folder: CacheFolder, setting: Setting, run: Run) -> None:
    """Keep the outcome of a run, and forget the oldest ones."""
    if body := dump((run.fingerprint, run.report)):
        folder.write(_name(setting), body)
        folder.trim(_RUNS, _MOST_RUNS)


def _name(setting: Setting) -> str:
    since = (setting.since.name, setting.since.tree) if setting.since else ()
    tip = ("history", setting.tip.commit, _shallow(setting.tip.repository)) if setting.tip else ()
    asked = "\0".join((*sorted(setting.targets.files), "", *setting.targets.folders, "", setting.request.choices, *since, *tip))
    return f"{_RUNS}{setting.identity}-{digest(asked.encode('utf-8', 'surrogateescape')).hex()}"


def _shallow(repository: Repository) -> str:
    """Name where the history of a shallow clone ends."""
    return look(os.path.join(repository.shared, "shallow")).digest.hex()
