"""What docsync makes of a case's files: read, joined and checked as the engine does it."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from casefiles import Case
from msgspec.structs import replace

from docsync.config.loading import load_config
from docsync.config.values import Config
from docsync.engine.history.building import Link, extended
from docsync.engine.history.trees import Edited
from docsync.engine.outside import Looked
from docsync.models.diagnostics import Diagnostic
from docsync.models.document import DocumentFacts, Region, Trouble
from docsync.models.earlier import Earlier
from docsync.models.expectations import Expectation
from docsync.models.history import Commit, History, Trace
from docsync.models.reports import CoverageEvidence, TestEvidence
from docsync.parser.document import read_document
from docsync.parser.traces import read_trace
from docsync.project.build import join
from docsync.project.evidence import Evidence, Outside
from docsync.project.index import Project
from docsync.text.edits import Edit, apply
from docsync.text.refusal import Refusal
from docsync.text.source import decode, line_index, read
from docsync.text.spans import LineIndex, Span
from docsync.validator.run import Outcome, run
from trees import found_in

_LINE = re.compile(r"(\S+?):(\d+):(\d+) (DS\d{3}) (.*)")


def build(case: Case, root: Path) -> Project:
    """Write a case's files below `root` and join what is read of them."""
    for path, raw in case.files.items():
        if raw is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(raw)
    config = load_config(str(root))
    documents = [_document(str(root), path, config) for path in case.files if path.endswith((".md", ".markdown"))]
    project = join(config, [_with_troubles(case, document) for document in documents])
    reports = Looked(str(root), None, found_in(root, config=config), evidence=config.evidence)
    project = replace(project, evidence=Evidence(present(case), CaseOutside(case, reports)), earlier=_earlier(case, root))
    project = replace(project, history=_history(case, config))
    return replace(project, expectations=_expectations(case, project))


def _history(case: Case, config: Config) -> History | None:
    """Tell what a case's commits did; the last one made the files what they are, and took the others away."""
    if not case.commits:
        return None
    links, traces = [], {}
    held: dict[str, str] = {}
    last = {**dict.fromkeys(path for files in case.commits.values() for path in files), **case.files}
    for position, files in enumerate([*(case.commits[number] for number in sorted(case.commits)), last]):
        after = {**held, **{path: f"{position}" for path, raw in files.items() if raw is not None}}
        after = {path: name for path, name in after.items() if files.get(path, b"") is not None}
        edits = [Edited(path, held.get(path, ""), after.get(path, "")) for path in sorted(held.keys() | after.keys())]
        traces.update({(path, f"{position}"): _trace(path, raw, config) for path, raw in files.items() if raw is not None})
        commit = Commit(f"{position + 1:x}" * 40, (), f"2026-05-{position + 1:02}T09:00:00+00:00", "", "")
        links.append(Link(commit, position - 1, (), tuple(edit for edit in edits if edit.before != edit.after)))
        held = after
    return extended(History(), links, traces)


def _trace(path: str, raw: bytes, config: Config) -> Trace:
    try:
        return read_trace(decode(path, raw), config)
    except Refusal:
        return Trace(readable=False)


def _earlier(case: Case, root: Path) -> Earlier | None:
    if not case.earlier:
        return None
    (root / "earlier").mkdir()
    return Earlier(build(Case("good", case.title, case.earlier), root / "earlier").records)


def present(case: Case) -> frozenset[str]:
    """Give all paths of a case's files and the folders that they are in."""
    there = [path for path, raw in case.files.items() if raw is not None]
    folders = {str(folder) for path in there for folder in Path(path).parents}
    return frozenset({*there, *folders} - {"."})


class CaseOutside:
    """Look into a case's files; the commits that its repository holds stand in `.git/commits`."""

    def __init__(self, case: Case, reports: Looked) -> None:
        self._files = case.files
        self._reports = reports

    def exists(self, path: str) -> bool:
        """Tell whether a case has a file that no walk saw: none."""
        del path
        return False

    def finds_again(self, before: Outside) -> bool:
        """Tell whether another one found the same: none did, since no case looks twice."""
        return self is before

    def line_count(self, path: str) -> int | None:
        """Count a file's lines."""
        raw = self._files.get(path)
        return len(raw.decode().splitlines()) if raw else None

    def unknown_commits(self, names: Collection[str]) -> frozenset[str] | None:
        """Give the commits that the case's repository lacks."""
        known = self._files.get(".git/commits")
        return frozenset(names) - frozenset(known.decode().split()) if known else None

    def tests(self) -> TestEvidence | None:
        """Read the reports of a case's tests."""
        return self._reports.tests()

    def coverage(self) -> CoverageEvidence | None:
        """Read a case's coverage reports."""
        return self._reports.coverage()


def check(case: Case, root: Path) -> Outcome:
    """Check a case."""
    return run(build(case, root), lambda _path: True)


def shown(diagnostic: Diagnostic, project: Project) -> str:
    """Show a diagnostic as a case file writes it."""
    document = project.documents.get(diagnostic.place.path)
    at = (document.lines if document else line_index("")).position(diagnostic.place.span.start)
    return f"{diagnostic.place.path}:{at.line}:{at.column} {diagnostic.code} {diagnostic.message}"


def fixed(case: Case, outcome: Outcome) -> dict[str, bytes]:
    """Apply every fix that a run offers, safe or not."""
    changes = {change for diagnostic in outcome.diagnostics if diagnostic.fix for change in diagnostic.fix.changes}
    texts: dict[str, bytes] = {}
    for path in {change.place.path for change in changes}:
        edits = [Edit(change.place.span, change.text) for change in changes if change.place.path == path]
        texts[path] = apply((case.files[path] or b"").decode(), edits).encode()
    return texts


def _document(root: str, path: str, config: Config) -> DocumentFacts:
    try:
        return read_document(read(root, path, max_bytes=config.max_file_size), config)
    except Refusal as refusal:
        trouble = Trouble(refusal.code, refusal.span, refusal.message, refusal.related)
        return DocumentFacts(path, "", "\n", refusal.lines or LineIndex.of((0,), 0), troubles=(trouble,), refused=True)


def _with_troubles(case: Case, document: DocumentFacts) -> DocumentFacts:
    troubles = []
    for line in case.troubles:
        found = _LINE.fullmatch(line)
        assert found, line
        if found[1] == document.path:
            start = document.lines.starts[int(found[2]) - 1] + int(found[3]) - 1
            troubles.append(Trouble(found[4], Span(start, start), found[5]))
    return replace(document, troubles=(*document.troubles, *troubles))


def _expectations(case: Case, project: Project) -> tuple[Expectation, ...]:
    bodies = [_expectation(case, project, name, body) for name, body in case.bodies.items()]
    failures = [Expectation(*_named(name), None, failure) for name, failure in case.failures.items()]
    return (*bodies, *failures)


def _named(name: str) -> tuple[str, str]:
    path, _, region = name.partition("#")
    return path, region


def _expectation(case: Case, project: Project, name: str, body: str) -> Expectation:
    path, region_id = _named(name)
    found: list[Region] = [region for region in project.documents[path].regions if region.id == region_id]
    fresh = [region.text for region in found] == [body]
    return Expectation(path, region_id, body, fresh=fresh, edited=name in case.edited)
