"""Which statements of a project are claims about now, whether or not any rule can check them."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.claims import Mention, Quantity
from docsync.models.document import DocumentFacts
from docsync.text.spans import Span


def living_claims(document: DocumentFacts) -> frozenset[Span]:
    """Give the spans of a document's living claims: numbers, alone or tied to others, and statuses outside homes."""
    return frozenset(_spans(document))


def living_quantities(document: DocumentFacts) -> Iterator[Quantity]:
    """Give the numbers of a document that speak of now and are not bound to an expression."""
    return (quantity for quantity in document.quantities if quantity.scope.living and not quantity.binding)


def living_statuses(document: DocumentFacts) -> Iterator[Mention]:
    """Give the statuses that a document states, outside homes, about now."""
    return (mention for mention in document.mentions if mention.status is not None and mention.scope.living)


def _spans(document: DocumentFacts) -> Iterator[Span]:
    quantities, ties = document.quantities, document.ties
    for quantity in quantities:
        if quantity.scope.living or quantity.binding:
            yield quantity.span
    for mention in living_statuses(document):
        yield mention.span
    for run in document.runs:
        if run.scope.living:
            yield run.span
    read = {number.span for quantity in quantities for number in quantity.numbers} if ties else ()
    for tie in ties:
        if tie.scope.living and tie.stated.span not in read:
            yield tie.span
