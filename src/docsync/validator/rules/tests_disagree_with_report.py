"""Report a number of tests that the report of their last run contradicts.

## What it does

Compares what documents say of the tests (`23/23 tests passing`, `142 tests`, `3 failing`, `5 skipped`) with the JUnit
reports that `[evidence]` names in the configuration, or that are where tools put them (`junit.xml`, `test-results/`,
…), or, for the number alone, with a list of pytest's node ids. `tests/unit: 23/23 passing` is compared with that part
of the report.

## Why

That all tests pass is what readers trust most, and it is true for one day. Nobody goes through the documents after a run.

## Example

```text
docs/STATE.md:14:12 DS506 says 142/142 tests passing; reports/junit.xml: of 142 tests, 139 passed, 2 failed, 1 skipped
```

## What to do

Write the present numbers, or, where the text tells of an earlier day, say of which.

## How precision is kept

Nothing is run. Only what the text says of now counts, in a document that is about the whole project, under headings
that do not narrow it down: tests of a phase, a feature or another package are passed over, and so are targets,
estimates and history. What may be of a part must have the report's total to be compared. Skipped tests may be left
out of a total, parameters of a test not be counted, errors count as failures. A report that is older than the
sources, or leaves out test modules that are there, proves nothing (DS509). Rounded and approximate numbers are info
where they are off, and so is a number larger than that of a report which nobody named and which may be of a run of
some tests.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.reports import TestEvidence
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.counting import written
from docsync.validator.digits import correction, mismatches
from docsync.validator.proving import Proof, claims_of_tests, figures_of
from docsync.validator.suites import PASSED, TOTAL, Tested
from docsync.validator.wording import listing

CODE = "DS506"
NAME = "tests-disagree-with-report"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the numbers of tests that reports contradict, and confirm the others."""
    for document, claim, proof in claims_of_tests(project):
        evidence = project.evidence.tests
        if evidence is None or evidence.doubt:
            return
        if proof.doubt:
            continue  # DS509 tells
        if proof.admits(claim.quantity):
            yield Confirmation(document.path, (claim.quantity.span,))
        elif not evidence.forgetful:
            yield _finding(document, claim, proof, evidence)


def _finding(document: DocumentFacts, claim: Tested, proof: Proof, evidence: TestEvidence) -> Finding:
    quantity, report = claim.quantity, listing(evidence.paths, 1)
    loose = not all(number.exact for number in quantity.numbers) or _may_be_of_fewer(claim, evidence)
    wrong = () if proof.denied else mismatches(quantity, proof.ways[0])
    of = f" of {claim.part}" if claim.part else ""
    return Finding(
        document.place(quantity.span),
        f"says {_stated(quantity, claim.state)}{of}; {report}: {proof.said}",
        tuple(Related(Place(path, Span(0, 0)), f"made {evidence.taken}") for path in evidence.paths[:1]),
        correction(document.path, quantity, wrong, Safety.UNSAFE),
        None if loose else Verdict.CONTRADICTED,
        severity=Severity.INFO if loose else None,
        evidence=(f"{report} of {evidence.taken}: {figures_of(evidence)}", _why(claim, evidence)),
    )


def _may_be_of_fewer(claim: Tested, evidence: TestEvidence) -> bool:
    """Tell whether the last run may have been one of some tests only, so that it says nothing of a larger number."""
    stated = claim.quantity.total or claim.quantity.count
    if evidence.whole or claim.part or stated is None or claim.state not in (TOTAL, PASSED):
        return False
    return all(stated.value > figures.total for figures in evidence.readings)


def _stated(quantity: Quantity, state: str) -> str:
    """Put a claim in words: `all 142 tests passing`."""
    every = "all " if quantity.every else ""
    word = {TOTAL: "", PASSED: " passing"}.get(state, f" {state}")
    stated = written(quantity)
    return f"{every}{stated} {'test' if stated == '1' else 'tests'}{word}"


def _why(claim: Tested, evidence: TestEvidence) -> str:
    if claim.part:
        return f"the report names {claim.part}"
    plain = claim.sure and (evidence.named or not claim.rivalled)
    return "nothing around it narrows it down to some of the tests" if plain else "its total is that of the report"
