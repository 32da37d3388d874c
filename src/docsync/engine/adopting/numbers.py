"""Which numbers in prose say what the records say, but not so plainly that docsync keeps them true by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.engine.adopting.pages import Page
from docsync.engine.adopting.proposals import BindingProposal, Confidence
from docsync.models.blocks import Paragraph
from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation
from docsync.models.document import DocumentFacts
from docsync.project.expressions import FactError
from docsync.project.facts import evaluate
from docsync.project.index import Project
from docsync.text.edits import Edit
from docsync.text.spans import Span
from docsync.validator.counting import compare
from docsync.validator.scoping import Claim
from docsync.validator.subjects import Subject, subject_of

_TOTAL: Final = "total"


def bindings(page: Page, project: Project) -> Iterator[BindingProposal]:
    """Give a claim comment for each paragraph whose first numbers agree with the records that they count."""
    document = project.documents[page.path]
    for block in page.blocks:
        if isinstance(block, Paragraph) and block.item < 0 and not block.quote:
            inside = sorted((one for one in document.quantities if block.span.contains(one.span)), key=lambda one: one.span)
            if inside and not any(one.binding for one in inside):
                yield from _binding(page, project, document, block, inside)


def _binding(
    page: Page, project: Project, document: DocumentFacts, block: Paragraph, inside: list[Quantity]
) -> Iterator[BindingProposal]:
    expressions: list[str] = []
    counted: list[str] = []
    plain = True
    for quantity in inside:
        claim = Claim(project, document, quantity)
        subject = subject_of(claim) if quantity.scope.living and not quantity.aim and quantity.count else None
        expression = _expression(project, claim, subject) if subject else ""
        if subject is None or not expression:
            break
        expressions.append(expression)
        counted.append(quantity.text[:80])
        plain = plain and subject.certain
    if expressions and not plain:
        reason = "it agrees with the records, but its words alone do not tell which ones it counts"
        comment = f"<!-- docsync:claim {' '.join(expressions)} -->{page.source.newline * 2}"
        start = page.source.text.rfind("\n", 0, block.span.start) + 1
        line = page.source.lines.line(block.span.start)
        edit = Edit(Span(start, start), comment)
        yield BindingProposal(Confidence.LIKELY, (reason,), page.path, line, tuple(expressions), counted[0], edit)


def _expression(project: Project, claim: Claim, subject: Subject) -> str:
    """Give the expression that says just what stands there, empty where none does."""
    quantity = claim.quantity
    if not isinstance(compare(claim, subject), Confirmation):
        return ""
    whole = subject.expression
    if quantity.total is not None:
        whole = f"{whole}/{whole.rpartition('.')[0]}.{_TOTAL}"
    try:
        fact = evaluate(project, whole)
    except FactError:
        return ""
    count, total = quantity.count, quantity.total
    agrees = count is not None and count.exact and count.value == fact.value and (total is None or total.value == fact.total)
    return whole if agrees else ""
