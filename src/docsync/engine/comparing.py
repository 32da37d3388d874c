"""What a change made worse: what was found at a revision, and which of today's findings were not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from docsync.cache.pickles import dump, load
from docsync.engine.discovery import Found
from docsync.engine.fingerprint import digest
from docsync.engine.git.objects import Objects, objects_of
from docsync.engine.git.snapshot import Snapshot, snapshot
from docsync.engine.ignoring import ignores_above
from docsync.engine.judging import Held, Judgement, Past, judge, report_of
from docsync.engine.outside import Looked, lines_in
from docsync.engine.reading import Read, read_bytes
from docsync.engine.repository import Repository, prefix_of
from docsync.engine.request import JobError, Revision
from docsync.engine.setting import Setting
from docsync.engine.survey import Survey
from docsync.models.diagnostics import Comparison, Diagnostic, Report
from docsync.models.document import DocumentFacts
from docsync.models.earlier import Earlier, Key
from docsync.validator.claimed import key_of

_KEPT: Final = "then-"
_MOST_KEPT: Final = 8
_OURS: Final = "DS900"
"""A fault of our own is told every time."""


def compare(setting: Setting, revision: Revision, surveyed: Survey, documents: Iterable[DocumentFacts], past: Past) -> Report:
    """Report what is worse than it was at a revision; raises JobError where git cannot tell."""
    then = _earlier(setting, surveyed, revision)
    return _worse(report_of(surveyed, judge(surveyed, documents, past, Held(then))), then, revision, surveyed.reads)


def _earlier(setting: Setting, surveyed: Survey, revision: Revision) -> Earlier:
    """Give what a project was at a revision, its documents read with today's configuration.

    What only another configuration shows is not the documents' doing.
    """
    folder = setting.folder if setting.identity and not surveyed.config.templates else None
    name = _KEPT + _identity(setting, surveyed, revision)
    kept = load(folder.read(name)) if folder else None
    if isinstance(kept, Earlier):
        return kept
    found = _at(setting, surveyed, revision)
    if folder and (body := dump(found)):
        folder.write(name, body)
        folder.trim(_KEPT, _MOST_KEPT)
    return found


def _worse(report: Report, then: Earlier, revision: Revision, now: Mapping[str, Read]) -> Report:
    """Leave out of a report as many findings of each sort as there were at a revision.

    What was in a file that is gone may be in one that has come since: it was renamed and edited, or the text was moved.
    """
    counts = _renamed(then, now)
    left = Counter(counts)
    moved: Counter[tuple[str, str]] = Counter()
    for (path, code, claim), count in counts.items():
        moved[code, claim] += 0 if path in now else count
    shown = [found for found in report.diagnostics if not _was_there(found, left, moved, then)]
    there = len(report.diagnostics) - len(shown)
    return replace(report, diagnostics=tuple(shown), since=Comparison(revision.name, revision.commit, there, counts))


def _renamed(then: Earlier, now: Mapping[str, Read]) -> dict[Key, int]:
    """Give the findings that there were, those of a file that merely got another name under that name."""
    come = {read.digest: path for path, read in now.items() if path not in then.documents}
    paths = {path: path if path in now else come.get(found, path) for path, found in then.documents.items()}
    return {(paths.get(path, path), code, claim): count for (path, code, claim), count in then.counts.items()}


def _was_there(found: Diagnostic, left: Counter[Key], moved: Counter[tuple[str, str]], then: Earlier) -> bool:
    path, code, claim = key = key_of(found)
    if code == _OURS:
        return False
    if left[key] > 0:
        left[key] -= 1
        return True
    if path not in then.documents and moved[code, claim] > 0:
        moved[code, claim] -= 1
        return True
    return False


def _identity(setting: Setting, surveyed: Survey, revision: Revision) -> str:
    """Name all that the outcome rests on."""
    targets = (*sorted(setting.targets.files), "", *setting.targets.folders)
    parts = (surveyed.config.digest, setting.request.choices, revision.tree, prefix_of(setting.root), *targets)
    return f"{setting.identity}-{digest(chr(0).join(parts).encode('utf-8', 'surrogateescape')).hex()}"


def _at(setting: Setting, surveyed: Survey, revision: Revision) -> Earlier:
    """Read a revision's documents and run all rules over them."""
    repository = revision.repository
    with objects_of(setting.root, repository) as objects:
        ignores, _ = ignores_above(setting.root, repository)
        seen = snapshot(
            objects, _below(objects, revision.tree, prefix_of(setting.root)), surveyed.config, setting.targets, ignores
        )
        reads = {path: _read(path, seen, surveyed) for path in sorted(seen.files)}
        judgement = judge_then(surveyed, repository, seen, (read.facts for read in reads.values()))
    counts = Counter(key_of(found) for found in judgement.outcome.diagnostics)
    return Earlier(judgement.project.records, {path: read.digest for path, read in reads.items()}, dict(counts))


def judge_then(surveyed: Survey, repository: Repository, seen: Snapshot, documents: Iterable[DocumentFacts]) -> Judgement:
    """Run all rules over documents as they were, each file counting for itself, with what git held beside them."""
    found = replace(surveyed.found, present=frozenset(seen.present))
    then = replace(surveyed, found=found, outside=_Then(surveyed.root, repository, found, seen))
    return judge(then, documents, Past({}, lambda _: (), forgiven=True), Held())


def _below(objects: Objects, tree: str, prefix: str) -> str:
    """Give the tree of a folder below another, empty where there was none."""
    for name in prefix.split("/")[:-1]:
        tree = objects.tree(tree).get(name, ("", ""))[1]
    return tree


def _read(path: str, seen: Snapshot, surveyed: Survey) -> Read:
    """Read a document as it was; most are as they were, and have been read already."""
    raw = seen.blob(path)
    if raw is None:
        raise JobError(f"{path}: git lacks what the file held then; `git fetch --refetch` gets it")
    today = surveyed.reads.get(path)
    return today if today and today.digest == digest(raw) else read_bytes(path, raw, surveyed.config)


class _Then(Looked):
    """Look at files as git held them; what it did not hold, such as what a build writes, was not there."""

    def __init__(self, root: str, repository: Repository, found: Found, seen: Snapshot) -> None:
        super().__init__(root, repository, found)
        self._seen = seen

    def exists(self, path: str) -> bool:
        """Tell whether there was anything at a path."""
        return self._seen.entry(path) != ("", "")

    def line_count(self, path: str) -> int | None:
        """Give a text file's number of lines."""
        raw = self._seen.blob(path)
        return lines_in(raw) if raw else None
