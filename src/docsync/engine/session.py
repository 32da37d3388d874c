"""What a watched project holds: kept in memory, and read again only where it changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.cache.marks import Mark, mark_at
from docsync.cache.pickles import collector_off
from docsync.engine.checking import Checked, check_surveyed
from docsync.engine.configuring import configuration
from docsync.engine.discovery import discover
from docsync.engine.fingerprint import Fingerprint, Seen, digest, look, recheck, trusted
from docsync.engine.ignoring import IGNORE_FILE
from docsync.engine.known import without_known
from docsync.engine.outside import Looked
from docsync.engine.own_files import FILE
from docsync.engine.pool import read_all
from docsync.engine.reading import Read, file_bytes
from docsync.engine.repository import find_repository
from docsync.engine.request import Request
from docsync.engine.results import Regeneration, Wish
from docsync.engine.roots import CONFIG_FILES
from docsync.engine.setting import Setting, setting_of
from docsync.engine.survey import Survey, survey
from docsync.models.diagnostics import Report
from docsync.models.packing import asked_again
from docsync.text.refusal import Refusal

_RULING: Final = frozenset({*CONFIG_FILES, FILE})
"""Files at the root that change what is reported without being documents."""
_TYPE: Final = 0
_SIZE: Final = 1


class State(Struct, frozen=True):
    """Hold what was found, what it came to, and of that what the baseline does not know."""

    checked: Checked
    baseline: Seen
    report: Report

    @property
    def surveyed(self) -> Survey:
        """Give what was found and read."""
        return self.checked.surveyed


class Session:
    """Keep a project in memory; after each call its report is what a check of the whole project would give."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.setting: Setting = setting_of(request)
        self._state: State | None = None

    @property
    def state(self) -> State | None:
        """Give what was found last; None before the first look, and where that failed."""
        return self._state

    def look_again(self) -> Fingerprint | None:
        """Compare everything with what is on the disk, and give what the findings rest on where nothing has changed.

        The baseline is left aside: its readers look at it themselves. Raises ConfigError and JobError, and then knows nothing.
        """
        before = self._state
        stands = recheck(self.setting.root, before.checked.fingerprint()) if before else None
        if stands is None:
            self._look_anew(before)
        return stands

    def look_everywhere(self) -> Report:
        """Compare everything with what is on the disk; raises ConfigError and JobError, and then knows nothing."""
        before, self._state = self._state, None
        if before and recheck(self.setting.root, before.checked.fingerprint()) is not None:
            self._state = self._held_against_baseline(before)
            return self._state.report
        return self._look_anew(before)

    def _look_anew(self, before: State | None) -> Report:
        """Find everything anew; to tell beforehand that something is another would take as long as finding it."""
        self._state = None
        self.setting = replace(self.setting, repository=find_repository(self.setting.root))
        return self._check(self._resurvey(before.surveyed) if before else survey(self.setting))

    def look_at(self, paths: Collection[str]) -> Report:
        """Compare what may have changed, by paths relative to the root; where that is not enough, everything."""
        before = self._state
        if before is None or not _only_documents(before.surveyed, paths):
            return self._look_anew(before)
        surveyed = self._reread(before.surveyed, [path for path in paths if path in before.surveyed.found.files])
        if surveyed is before.surveyed and not _rests_on(before, paths):
            return before.report
        return self._check(surveyed)

    def regenerate(self, wish: Wish) -> Regeneration:
        """Put generated text and bound numbers right, from what is in memory; raises ConfigError and JobError."""
        from docsync.engine.regenerating import regenerate_afresh  # noqa: PLC0415  # who only looks does without it

        at_hand = [self._state.surveyed] if self._state else []
        with collector_off():
            return regenerate_afresh(self.setting, wish, lambda: at_hand.pop() if at_hand else self._renewed())

    def _renewed(self) -> Survey:
        self.look_everywhere()
        assert self._state is not None  # noqa: S101  # the look raised otherwise
        return self._state.surveyed

    def _check(self, surveyed: Survey) -> Report:
        self._state = None
        with collector_off(), asked_again():
            evidence = surveyed.config.evidence
            outside = Looked(surveyed.root, self.setting.repository, surveyed.found, evidence=evidence)
            checked = check_surveyed(self.setting, replace(surveyed, outside=outside))
        self._state = self._held_against_baseline(State(checked, Seen(None, b""), checked.report))
        return self._state.report

    def _held_against_baseline(self, state: State) -> State:
        """Hold back what the baseline knows of, unless it did so already by the same baseline."""
        baseline = look(os.path.join(self.setting.root, FILE))
        if baseline == state.baseline:
            return state
        return State(state.checked, baseline, without_known(state.checked.report, self.request))

    def _resurvey(self, before: Survey) -> Survey:
        """Find everything anew, and read what is not as it was."""
        setting = self.setting
        config = before.config
        configured: Mapping[str, Seen] = {name: look(os.path.join(setting.root, name)) for name in CONFIG_FILES}
        if any(seen.digest != before.configured[name].digest for name, seen in configured.items()):
            config, configured = configuration(setting)
        if config.digest != before.config.digest:
            return survey(setting)
        found = discover(setting.root, config, setting.targets, setting.repository)
        maybe = [path for path, mark in found.files.items() if _may_differ(before, path, mark)]
        known = {path: before.reads[path] for path in found.files if path in before.reads}
        reads = {**known, **self._changed(before, maybe, found.files)}
        ordered = {path: reads[path] for path in found.files}
        return Survey(setting.root, config, configured, setting.targets, found, ordered, before.outside)

    def _reread(self, before: Survey, paths: Collection[str]) -> Survey:
        """Read some of the documents that are known; gives the same survey where they still say the same."""
        marks = {path: mark for path in paths if (mark := mark_at(os.path.join(before.root, path)))}
        changed = self._changed(before, list(marks), marks)
        if not changed:
            return before
        found = replace(before.found, files={**before.found.files, **marks})
        return replace(before, found=found, reads={**before.reads, **changed})

    def _changed(self, before: Survey, paths: Collection[str], marks: Mapping[str, Mark]) -> dict[str, Read]:
        """Read those documents whose bytes are not what they were."""
        different = {path: marks[path][_SIZE] for path in paths if not self._same(before, path)}
        fresh = read_all(before.root, before.config, different)
        return {path: _with_same_records(read, before.reads.get(path)) for path, read in fresh.items()}

    @staticmethod
    def _same(before: Survey, path: str) -> bool:
        known = before.reads.get(path)
        if known is None or not known.keeps:
            return False
        try:
            return digest(file_bytes(before.root, path, before.config.max_file_size)) == known.digest
        except Refusal:
            return False


def _only_documents(before: Survey, paths: Collection[str]) -> bool:
    """Tell whether what is there is still what was found: nothing new, nothing gone, and nothing that rules the rest."""
    found = before.found
    for path in paths:
        if path in _RULING or path.rpartition("/")[2] == IGNORE_FILE:
            return False
        if path not in found.files and _is_beyond(before, path):
            continue
        mark = mark_at(os.path.join(before.root, path))
        known = found.files.get(path)
        if known and (mark is None or mark[_TYPE] != known[_TYPE]):
            return False
        if not known and (path in found.present) != (mark is not None):
            return False
    return True


def _is_beyond(before: Survey, path: str) -> bool:
    """Tell whether a path lies in a folder that is left out of the walk, and nothing named it."""
    folder, slash, _ = path.rpartition("/")
    outside = before.outside
    return folder + slash not in before.found.folders and not outside.rests_on(path)


def _rests_on(before: State, paths: Collection[str]) -> bool:
    """Tell whether the report may depend on any of these files, which are no documents."""
    outside, templates = before.surveyed.outside, before.surveyed.config.templates
    return any(outside.rests_on(path) or (templates and path.startswith(f"{templates}/")) for path in paths)


def _with_same_records(read: Read, before: Read | None) -> Read:
    """Hold on to those records that a document held before, where they are equal: what was worked out from them still holds."""
    known = {record.id: record for record in before.facts.records} if before else {}
    if not known or before is None:
        return read
    if read.facts.records == before.facts.records:
        return replace(read, facts=replace(read.facts, records=before.facts.records))
    records = tuple(known[one.id] if known.get(one.id) == one else one for one in read.facts.records)
    return replace(read, facts=replace(read.facts, records=records))


def _may_differ(before: Survey, path: str, mark: Mark) -> bool:
    """Tell whether a document may say something else than when it was read."""
    was = before.found.files.get(path)
    return was is None or not trusted(Seen(was, b""), mark, before.found.taken)
