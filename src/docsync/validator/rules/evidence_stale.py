"""Note numbers of tests and of coverage that a report speaks of, and that it cannot prove.

## What it does

Names the report that would prove a claim, and why it does not: it is older than a source file, it cannot be read, it
is of a part of the tests, the file that the configuration names is not there, or nobody named the report and the claim's
section states several numbers of tests.

## Why

A claim that nothing checks looks like one that was checked. And a report from before the last change proves nothing
about now, neither that the claim holds nor that it does not.

## Example

```text
docs/STATE.md:14:12 DS509 this is not checked: junit.xml of 2026-05-02 09:14 UTC is older than src/feed.py
```

## What to do

Run the tests again, so that the report is written anew; nothing is run by docsync.

## How precision is kept

Only claims that the report would be compared with otherwise count, once for each report, and it is info. A report is
older than a source whose modification time is later than the one that the report itself states, or its file's. In a
fresh clone all files are as young as the clone: there, a source is as old as git says, if it holds what it held at
the last commit, and so is a report that is committed. Sources are the files that `[evidence]` names, else all that
look like code. Pytest's cache of node ids keeps tests that are gone: it can confirm a number, and not contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.reports import CoverageEvidence, TestEvidence
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.proving import claims_of_coverage, claims_of_tests, figures_of
from docsync.validator.suites import Tested

CODE = "DS509"
NAME = "evidence-stale"
SEVERITY = Severity.INFO
KEEPS = False

_RUN_AGAIN: Final = "run the tests again, so that the report is written anew"


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the claims that reports speak of and cannot prove."""
    for document, claim, proof in claims_of_tests(project):
        evidence = project.evidence.tests
        if evidence and evidence.doubt:
            yield _finding(document, claim, evidence, evidence.doubt)
        elif evidence and proof.doubt:
            yield _finding(
                document, claim, evidence, proof.doubt, "say which is of all tests, or name the report under `[evidence]`"
            )
        elif evidence and evidence.forgetful and not proof.admits(claim.quantity):
            listed = f"{evidence.paths[0]} lists {evidence.listed[0]} tests"
            yield _finding(document, claim, evidence, f"{listed}, and keeps those that are gone")
    for document, claim in claims_of_coverage(project):
        coverage = project.evidence.coverage
        if coverage and coverage.doubt:
            yield _finding(document, claim, coverage, coverage.doubt)


def _finding(
    document: DocumentFacts, claim: Tested, evidence: TestEvidence | CoverageEvidence, reason: str, remedy: str = _RUN_AGAIN
) -> Finding:
    figures = ""
    if isinstance(evidence, TestEvidence) and evidence.paths and (evidence.readings or evidence.listed):
        figures = f"{evidence.paths[0]} of {evidence.taken}: {figures_of(evidence)}"
    return Finding(
        document.place(claim.quantity.span),
        f"this is not checked: {reason}",
        tuple(Related(Place(path, Span(0, 0)), f"made {evidence.taken}") for path in evidence.paths[:1]),
        verdict=Verdict.UNVERIFIABLE,
        help=remedy,
        evidence=(figures,) if figures else (),
        gist=reason,
    )
