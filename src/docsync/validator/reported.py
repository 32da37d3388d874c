"""How a fault that reading already saw becomes a finding: the check that every rule of such a code shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from docsync.models.diagnostics import Finding, Place, Related, Severity
from docsync.models.document import DocumentFacts, Trouble
from docsync.models.records import Problem
from docsync.project.index import Project


def reported(code: str) -> Callable[[Project], Iterator[Finding]]:
    """Make the check of a rule whose faults are found while reading: each trouble and problem of `code` is one finding."""

    def check(project: Project) -> Iterator[Finding]:
        yield from faults(project).get(code, ())

    return check


@lru_cache(maxsize=2)
def faults(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """Give what reading saw, by code, worked out once since two dozen rules ask; the same fault at one place is kept once."""
    found: dict[str, list[Finding]] = {}
    for document in project.documents.values():
        for code, findings in faults_of(document).items():
            found.setdefault(code, []).extend(findings)
    return {code: tuple(findings) for code, findings in found.items()}


def faults_of(document: DocumentFacts) -> Mapping[str, Iterable[Finding]]:
    """Give what reading saw in one document, by code."""
    found: dict[str, dict[Finding, None]] = {}
    for trouble in document.troubles:
        found.setdefault(trouble.code, {})[_of_trouble(document.path, trouble)] = None
    seen = {finding.place for findings in found.values() for finding in findings}
    for record in document.records:
        for problem in record.problems:
            if Place(record.path, problem.span) not in seen:  # what YAML cannot read is no value of the field's type either
                found.setdefault(problem.code, {})[_of_problem(record.path, problem)] = None
    return found


def _of_trouble(path: str, trouble: Trouble) -> Finding:
    related = tuple(Related(Place(path, span), message) for span, message in trouble.related)
    severity = Severity.INFO if trouble.is_note else None
    return Finding(Place(path, trouble.span), trouble.message, related, help=trouble.help, severity=severity)


def _of_problem(path: str, problem: Problem) -> Finding:
    severity = Severity.INFO if problem.soft else None
    return Finding(Place(path, problem.span), problem.message, help=problem.help, severity=severity)
