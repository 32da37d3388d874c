"""How a check runs when something has changed, or nothing is remembered."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from docsync.cache.memory import MEMORY, recall_written
from docsync.config.values import Config
from docsync.engine.fingerprint import Fingerprint, Seen, look, look_through
from docsync.engine.heads import heads_of
from docsync.engine.judging import Past, documents_of, has_regions, judge, report_of
from docsync.engine.recall import Run
from docsync.engine.setting import Setting
from docsync.engine.survey import Survey
from docsync.models.diagnostics import Report
from docsync.models.document import DocumentFacts
from docsync.project.derived import nothing_follows

if TYPE_CHECKING:  # most runs have no history, and need not load what it is made of
    from docsync.models.history import History


class Checked(Struct, frozen=True):
    """Hold a survey with its report, and what matters only because there are regions or templates, as it was looked at."""

    surveyed: Survey
    report: Report
    files: Mapping[str, Seen]
    folders: Mapping[str, Seen]

    def fingerprint(self) -> Fingerprint:
        """Give the fingerprint of all that the report rests on."""
        return _fingerprint(self.surveyed, self.files, self.folders)


def check_afresh(setting: Setting, surveyed: Survey) -> Run:
    """Join and check what was found and read; gives the report with the fingerprint of all that it rests on."""
    with nothing_follows():
        checked = check_surveyed(setting, surveyed)
    return Run(checked.fingerprint(), checked.report)


def check_surveyed(setting: Setting, surveyed: Survey) -> Checked:
    """Join and check what was found and read."""
    root, folder = setting.root, setting.folder
    documents = documents_of(surveyed)
    folders = _templates(root, surveyed.config)
    files = _besides(setting, surveyed, documents, folders)
    with heads_of(root, setting.repository) as heads:
        # What docsync last wrote is no matter of speed: it is read even where no cache is wanted.
        past = Past(recall_written(folder) if folder else {}, heads.texts)
        return Checked(surveyed, _report(setting, surveyed, documents, past), files, folders)


def resting_on(setting: Setting, surveyed: Survey) -> Fingerprint:
    """Give the fingerprint of all that the judgement of a survey rests on."""
    folders = _templates(setting.root, surveyed.config)
    return _fingerprint(surveyed, _besides(setting, surveyed, documents_of(surveyed), folders), folders)


def _besides(
    setting: Setting, surveyed: Survey, documents: Iterable[DocumentFacts], folders: Mapping[str, Seen]
) -> dict[str, Seen]:
    regional = _regional(setting, folders) if has_regions(documents) else {}
    return {**surveyed.configured, **regional}


def _report(setting: Setting, surveyed: Survey, documents: Iterable[DocumentFacts], past: Past) -> Report:
    """Report what was found, or, where that is asked for, what is worse than at a revision."""
    if setting.since is None:
        return report_of(surveyed, judge(surveyed, documents, past, history=_history(setting, surveyed)))
    from docsync.engine.comparing import compare  # noqa: PLC0415  # only this reads git's objects

    return compare(setting, setting.since, surveyed, documents, past)


def _history(setting: Setting, surveyed: Survey) -> History | None:
    if setting.tip is None:
        return None
    from docsync.engine.history.opening import open_history  # noqa: PLC0415  # as above

    return open_history(setting, surveyed.config)


def _templates(root: str, config: Config) -> dict[str, Seen]:
    return {config.templates: look_through(os.path.join(root, config.templates))} if config.templates else {}


def _regional(setting: Setting, templates: Mapping[str, Seen]) -> dict[str, Seen]:
    """Look at all files that matter only because there are regions: templates, HEAD, and what was written last."""
    paths = [os.path.join(path, name) for path in templates for name in _names(os.path.join(setting.root, path))]
    paths += setting.repository.head_files() if setting.repository else ()
    paths += [setting.folder.path_of(MEMORY)] if setting.folder else ()
    return {path: look(os.path.join(setting.root, path)) for path in paths}


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _fingerprint(surveyed: Survey, files: Mapping[str, Seen], folders: Mapping[str, Seen]) -> Fingerprint:
    found = surveyed.found
    documents = {path: Seen(mark, surveyed.reads[path].digest) for path, mark in found.files.items()}
    outside = surveyed.outside
    return Fingerprint(
        found.taken,
        {**outside.files, **documents, **found.ignore_files, **files},
        {**outside.folders, **found.folders, **folders},
        dict(outside.existing),
        {moment: dict(ages) for moment, ages in outside.ages.items()},
    )
