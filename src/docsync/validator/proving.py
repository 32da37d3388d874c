"""What reports say of the tests that a number speaks of, and whether the number can stand for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Quantity
from docsync.models.document import DocumentFacts
from docsync.models.reports import CoverageEvidence, Figures, Share, TestEvidence
from docsync.project.index import Project
from docsync.project.kept import of_project
from docsync.validator.digits import Expected, mismatches
from docsync.validator.partly import part_of
from docsync.validator.suites import (
    FAILED,
    PASSED,
    SKIPPED,
    TOTAL,
    Tested,
    agrees,
    coverage_subjects,
    covered,
    subjects,
    tested,
)
from docsync.validator.wording import verb

_RIVALLED: Final = "its section states several numbers of tests, and no `[evidence] junit` says that the report is of all"


class Proof(Struct, frozen=True):
    """Hold the ways in which a number can be right, the plain one first, and how the report puts it in words.

    `denied` tells that no number could be: all tests are said to pass, and some do not. `doubt` says why the number is not
    compared with it, empty where it is.
    """

    ways: tuple[Expected, ...]
    said: str
    denied: bool = False
    doubt: str = ""

    def admits(self, quantity: Quantity) -> bool:
        """Tell whether the number can stand for any of them."""
        return not self.denied and any(not mismatches(quantity, way) for way in self.ways)


@of_project
def claims_of_tests(project: Project) -> tuple[tuple[DocumentFacts, Tested, Proof], ...]:
    """Give the numbers of tests that reports speak of, with what they say."""
    found = tested(project)
    evidence = project.evidence.tests if found else None
    if evidence is None:
        return ()
    claims = (
        (project.documents[path], one)
        for path, quantities in found.items()
        for one in subjects(project, project.documents[path], quantities)
    )
    return tuple((document, one, proof) for document, one in claims if (proof := proof_of(one, evidence)))


@of_project
def claims_of_coverage(project: Project) -> tuple[tuple[DocumentFacts, Tested], ...]:
    """Give the percentages of coverage that reports may speak of."""
    found = covered(project)
    if not found or project.evidence.coverage is None:
        return ()
    return tuple(
        (project.documents[path], one)
        for path, quantities in found.items()
        for one in coverage_subjects(project, project.documents[path], quantities)
    )


def proof_of(claim: Tested, evidence: TestEvidence) -> Proof | None:
    """Give what reports say of what a number counts; None where they do not speak of that, or may not."""
    if evidence.doubt and not evidence.readings and not evidence.listed:
        return Proof((), evidence.doubt) if claim.sure and not claim.part else None
    if claim.part:
        return _of_part(claim, evidence)
    proof = _of_all(claim, evidence)
    rivalled = claim.rivalled and not evidence.named  # a report that is named is of all tests, whatever else the section tells
    if proof is None or (claim.sure and not rivalled):
        return proof
    totals = {total for figures in evidence.readings for total in _totals(figures)} | set(evidence.listed)
    if any(agrees(total, claim.quantity) for total in totals):
        return proof
    return replace(proof, doubt=_RIVALLED) if rivalled and not proof.admits(claim.quantity) else None


def coverage_of(claim: Tested, evidence: CoverageEvidence) -> tuple[tuple[Share, str], ...]:
    """Give the shares that a percentage of coverage may be, with what they are of; none where the report does not say."""
    line, branch, total = (evidence.line, "of lines"), (evidence.branch, "of branches"), (evidence.total, "of both")
    asked = {"line": (line,), "branch": (branch,)}.get(claim.state, (total, line) if evidence.branch else (line,))
    return tuple((share, name) for share, name in asked if share is not None)


def figures_of(evidence: TestEvidence) -> str:
    """Put what reports say of all tests in words."""
    return _said(evidence.readings[0]) if evidence.readings else _listed(evidence.listed[0])


def _of_part(claim: Tested, evidence: TestEvidence) -> Proof | None:
    figures = part_of(claim.part, evidence.parts)
    if figures is None:
        return None
    if evidence.readings:
        return _proof(claim, (figures,), ())
    return _proof(claim, (), tuple(dict.fromkeys(filter(None, (figures.total, figures.functions)))))


def _of_all(claim: Tested, evidence: TestEvidence) -> Proof | None:
    return _proof(claim, evidence.readings, evidence.listed)


def _proof(claim: Tested, readings: Sequence[Figures], listed: Sequence[int]) -> Proof | None:
    quantity = claim.quantity
    ways = [way for figures in readings for way in _ways(quantity, claim.state, figures)]
    if claim.state == TOTAL:
        ways += [Expected(Decimal(number)) for number in listed]
    if not ways:
        return None
    said = _said(readings[0]) if readings else _listed(listed[0])
    denied = claim.state == PASSED and quantity.every and all(figures.failed + figures.errors for figures in readings)
    return Proof(tuple(ways), said, denied)


def _ways(quantity: Quantity, state: str, figures: Figures) -> Iterator[Expected]:
    """Give what a number of tests in a state may be, the plain reading first."""
    for count in dict.fromkeys(_counts(quantity, state, figures)):
        if quantity.total is None:
            yield Expected(Decimal(count))
        else:
            yield from (Expected(Decimal(count), Decimal(total)) for total in _totals(figures))


def _counts(quantity: Quantity, state: str, figures: Figures) -> tuple[int, ...]:
    broken = figures.failed + figures.errors
    if state == FAILED:
        return figures.failed, broken
    if state == SKIPPED:
        return figures.skipped, figures.skipped - figures.expected
    if state == PASSED:
        return (figures.passed,) if broken or quantity.total else (figures.passed, *_totals(figures))
    return _totals(figures)


def _totals(figures: Figures) -> tuple[int, ...]:
    """Give what may be called the number of tests: those that were skipped may be left out, or parameters."""
    without = figures.total - figures.skipped
    return tuple(dict.fromkeys(filter(None, (figures.total, without, figures.total - figures.expected, figures.functions))))


def _said(figures: Figures) -> str:
    counts = ((figures.failed, "failed"), (figures.errors, "had errors"), (figures.skipped, "skipped"))
    parts = (f"{figures.passed} passed", *(f"{number} {word}" for number, word in counts if number))
    return f"of {figures.total} {'test' if figures.total == 1 else 'tests'}, {', '.join(parts)}"


def _listed(count: int) -> str:
    return f"{count} {'test' if count == 1 else 'tests'} {verb(count)} listed"
