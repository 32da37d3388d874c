"""What all reports of a project together say of its tests and of their coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Generic, TypeVar

from msgspec import Struct

from docsync.config.values import EvidenceFiles
from docsync.engine.reports import places
from docsync.engine.reports.ages import Dated, dated, outdated_by, sources_of
from docsync.engine.reports.commits import Commits
from docsync.engine.reports.coverage_json import read_coverage_json
from docsync.engine.reports.coverage_xml import both, read_coverage_xml, share_of
from docsync.engine.reports.junit import read_junit
from docsync.engine.reports.looking import Looking
from docsync.engine.reports.markup import Foreign, Unreadable
from docsync.engine.reports.modules import modules_of
from docsync.engine.reports.node_ids import read_node_ids
from docsync.models.reports import CoverageEvidence, CoverageRun, Figures, Share, TestEvidence, TestRun

_NANO: Final = 1e9
_MOST_KNOWN: Final = 256
_Run = TypeVar("_Run", TestRun, CoverageRun)

_known: Final[dict[tuple[str, bytes], TestRun | CoverageRun | Unreadable]] = {}
"""What was read of which bytes: one who watches a project reads a report once."""


class _Read(Struct, Generic[_Run], frozen=True):
    """Hold what one report says, and when it was made."""

    dated: Dated
    run: _Run

    @property
    def path(self) -> str:
        """Give the path of the report."""
        return self.dated.path


class _Reads(Struct, Generic[_Run], frozen=True):
    """Hold the reports that could be read; `doubt` says what could not be."""

    reads: tuple[_Read[_Run], ...] = ()
    doubt: str = ""
    named: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        """Give the paths of the reports."""
        return tuple(read.path for read in self.reads)

    @property
    def taken(self) -> str:
        """Give the time of the oldest report as text."""
        return _written(min(read.dated.moment for read in self.reads)) if self.reads else ""


class Reports:
    """Find and read a project's reports, once they are asked for."""

    def __init__(self, looking: Looking, files: EvidenceFiles, commits: Commits | None) -> None:
        self._looking = looking
        self._files = files
        self._commits = commits

    @cached_property
    def tests(self) -> TestEvidence | None:
        """Give what is known of tests; None where there is no report and none is named."""
        found = self._found(self._files.junit, places.JUNIT, "junit", read_junit)
        listed = self._found(self._files.node_ids, places.NODE_IDS, "node ids", read_node_ids)
        if found.reads or found.doubt:
            return self._of_runs(found, listed if listed.named and not listed.doubt else _Reads())
        return self._of_list(listed) if listed.reads or listed.doubt else None

    @cached_property
    def coverage(self) -> CoverageEvidence | None:
        """Give what is known of coverage; None where there is no report and none is named."""
        found = self._found(self._files.coverage, places.COVERAGE, "coverage", _read_coverage)
        if not found.reads and not found.doubt:
            return None
        runs = [read.run for read in found.reads]
        doubt = found.doubt or self._stale(found) or _overlap(found.reads)
        if not runs or doubt:
            return CoverageEvidence(found.paths, found.taken, doubt=doubt)
        line, branch = _together([run.line for run in runs]), _together([run.branch for run in runs])
        total = runs[0].total if len(runs) == 1 else both(line, branch)
        return CoverageEvidence(found.paths, found.taken, line, branch, total)

    def _of_runs(self, found: _Reads[TestRun], listed: _Reads[TestRun]) -> TestEvidence:
        reads = _once(found.reads)
        counted = sum((read.run.counted for read in reads), Figures())
        summed = sum((read.run.declared or read.run.counted for read in reads), Figures())
        parts = tuple(part for read in reads for part in read.run.parts)
        doubt = found.doubt or ("" if counted.total else f"{_listing(found.paths)} holds no tests") or self._stale(found)
        modules = modules_of(parts, self._looking.found.present)
        if not doubt and not found.named and modules.left_out:
            doubt = f"{_listing(found.paths)} says nothing of {modules.left_out}, and may be of a part of the tests"
        readings = () if not counted.total else (counted,) if _same(counted, summed) else (counted, summed)
        numbers = () if self._stale(listed) else _numbers(listed)
        whole = found.named or modules.whole
        return TestEvidence(found.paths, found.taken, readings, parts, numbers, doubt, whole=whole, named=found.named)

    def _of_list(self, listed: _Reads[TestRun]) -> TestEvidence:
        doubt = listed.doubt or self._stale(listed)
        forgetful = any(path.endswith("cache/nodeids") for path in listed.paths)
        parts = tuple(part for read in listed.reads for part in read.run.parts)
        return TestEvidence(listed.paths, listed.taken, parts=parts, listed=_numbers(listed), doubt=doubt, forgetful=forgetful)

    def _stale(self, found: _Reads[_Run]) -> str:
        sources = sources_of(self._files.sources, self._looking.found.present)
        reports = [read.dated for read in found.reads]
        source = outdated_by(self._looking, self._commits, reports, sources) if reports else ""
        return f"{_listing(found.paths)} of {found.taken} is older than {source}" if source else ""

    def _found(self, named: Sequence[str], usual: Sequence[str], name: str, reader: Callable[[bytes], _Run]) -> _Reads[_Run]:
        """Read the reports that are named, or those in the first place that has any."""
        groups = [named] if named else [[pattern] for pattern in usual]
        try:
            for patterns in groups:
                paths = self._looking.matching(patterns)
                if reads := tuple(filter(None, (self._read(path, name, reader, named=bool(named)) for path in paths))):
                    return _Reads(reads, named=bool(named))
        except Unreadable as reason:
            return _Reads(doubt=str(reason), named=bool(named))
        return _Reads(doubt=f"no file matches {_listing(named)}" if named else "", named=bool(named))

    def _read(self, path: str, name: str, reader: Callable[[bytes], _Run], *, named: bool) -> _Read[_Run] | None:
        """Read a report; None for a file that nobody named and that is none; raises Unreadable, with the path."""
        try:
            seen, raw = self._looking.read(path)
            run = _parsed(name, seen.digest, raw, reader)
        except Foreign as reason:
            if named:
                raise Unreadable(f"{path} {reason}") from reason
            return None
        except Unreadable as reason:
            raise Unreadable(f"{path} {reason}") from reason
        modified = seen.mark[3] / _NANO if seen.mark else 0.0
        for file in self._commits.files() if self._commits else ():
            self._looking.remember(file)
        return _Read(dated(path, raw, modified, run.moments, self._commits), run)


def _parsed(name: str, digest: bytes, raw: bytes, reader: Callable[[bytes], _Run]) -> _Run:
    key = name, digest
    if key not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        try:
            _known[key] = reader(raw)
        except Unreadable as reason:
            _known[key] = reason
    found = _known[key]
    if isinstance(found, Unreadable):
        raise found
    return found  # type: ignore[return-value]  # the name stands for the reader, and so for what it gives


def _read_coverage(raw: bytes) -> CoverageRun:
    return read_coverage_json(raw) if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else read_coverage_xml(raw)


def _once(reads: Sequence[_Read[TestRun]]) -> list[_Read[TestRun]]:
    """Give, of several runs of the same cases, as on several systems, the newest one."""
    latest: dict[tuple[int, int], _Read[TestRun]] = {}
    for read in sorted(reads, key=lambda read: read.dated.moment):
        latest[read.run.counted.total, read.run.cases or hash(read.path)] = read
    return list(latest.values())


def _numbers(listed: _Reads[TestRun]) -> tuple[int, ...]:
    """Give the number of tests that are listed, and that without parameters where it is another."""
    figures = sum((read.run.counted for read in _once(listed.reads)), Figures())
    return tuple(dict.fromkeys(filter(None, (figures.total, figures.functions))))


def _same(counted: Figures, summed: Figures) -> bool:
    """Tell whether both say the same of all that a report itself sums up."""
    sides = [(one.total, one.failed, one.errors, one.skipped) for one in (counted, summed)]
    return sides[0] == sides[1]


def _overlap(reads: Sequence[_Read[CoverageRun]]) -> str:
    """Say why several reports cannot be added up: what two of them cover of one file may be the same lines."""
    seen: dict[str, str] = {}
    for read in reads:
        for file in read.run.files:
            if (other := seen.setdefault(file, read.path)) != read.path:
                return f"{other} and {read.path} both speak of {file}, and cannot be added up"
    return ""


def _together(shares: Sequence[Share | None]) -> Share | None:
    if len(shares) == 1:
        return shares[0]
    counts = [(share.covered, share.valid) for share in shares if share]
    covered, valid = [one for one, _ in counts if one is not None], [one for _, one in counts if one is not None]
    return share_of(sum(covered), sum(valid)) if len(covered) == len(valid) == len(shares) else None


def _listing(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more" if paths else ""


def _written(moment: float) -> str:
    try:
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return "an unknown time"
