"""Report a percentage of test coverage that the coverage report contradicts.

## What it does

Compares `Coverage: 87%`, `Line coverage: 91.4%` or `Branch coverage: 80%` with the coverage reports that `[evidence]`
names in the configuration, or that are where tools put them (`coverage.xml`, `coverage.json`, …): Cobertura's XML and
the JSON of coverage.py.

## Why

Coverage is written down when it was good, and changes with every commit.

## Example

```text
docs/METRICS.md:8:15 DS507 says 92% coverage; reports/coverage.xml: 87.5% of lines
```

## What to do

Write the present share, or, where the text tells of an earlier day or of a target, say so.

## How precision is kept

Nothing is run. Only what the text says of now counts, in a document that is about the whole project, under headings
that do not narrow it down, and only where the key says coverage and nothing more: `API coverage` may be of anything.
A number holds that is the share of lines, or where branches were measured that of both together, rounded or cut off
at the decimals written; what misses by less than a point is info. A report that is older than the sources proves
nothing (DS509).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.reports import CoverageEvidence, Share
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.digits import Expected, correction, mismatches
from docsync.validator.near_shares import gravity
from docsync.validator.proving import claims_of_coverage, coverage_of
from docsync.validator.suites import Tested
from docsync.validator.wording import listing, plain

CODE = "DS507"
NAME = "coverage-disagrees"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the percentages that coverage reports contradict, and confirm the others."""
    for document, claim in claims_of_coverage(project):
        evidence = project.evidence.coverage
        if evidence is None or evidence.doubt:
            return
        shares = coverage_of(claim, evidence)
        stated = claim.quantity.percent
        if stated is not None and any(stated.admits(share.percent) for share, _ in shares):
            yield Confirmation(document.path, (claim.quantity.span,))
        elif shares:
            yield _finding(document, claim, shares, evidence)


def _finding(
    document: DocumentFacts, claim: Tested, shares: Sequence[tuple[Share, str]], evidence: CoverageEvidence
) -> Finding:
    quantity, report = claim.quantity, listing(evidence.paths, 1)
    actual = shares[0][0].percent
    wrong = mismatches(quantity, Expected(percent=actual))
    loose = not all(number.exact for number in quantity.numbers)
    near = next((rank for one in wrong for share, _ in shares if (rank := gravity(one.number, share.percent))), None)
    said = " and ".join(f"{plain(share.percent)}% {name}" for share, name in shares)
    return Finding(
        document.place(quantity.span),
        f"says {_stated(claim)} coverage; {report}: {said}",
        tuple(Related(Place(path, Span(0, 0)), f"made {evidence.taken}") for path in evidence.paths[:1]),
        correction(document.path, quantity, wrong, Safety.UNSAFE),
        None if loose else Verdict.CONTRADICTED,
        severity=Severity.INFO if loose else near,
        evidence=(f"{report} of {evidence.taken}: {', '.join(_counted(evidence))}",),
    )


def _stated(claim: Tested) -> str:
    percent = claim.quantity.percent
    return f"{plain(percent.value)}%{f' {claim.state}' if claim.state else ''}" if percent else ""


def _counted(evidence: CoverageEvidence) -> Iterator[str]:
    for share, name in ((evidence.line, "lines"), (evidence.branch, "branches")):
        if share:
            counts = f" ({share.covered} of {share.valid})" if share.valid is not None else ""
            yield f"{plain(share.percent)}% of {name}{counts}"
