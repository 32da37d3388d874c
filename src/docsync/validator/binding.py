"""Which numbers are bound to an expression, and what each should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docsync.models.claims import Quantity
from docsync.models.document import DocumentFacts
from docsync.models.schema import field_key
from docsync.project.expressions import parse
from docsync.project.facts import Fact
from docsync.project.following import where
from docsync.project.index import Project
from docsync.validator.digits import Expected


@dataclass(frozen=True, slots=True)
class Bound:
    """Hold a bound number with its document."""

    document: DocumentFacts
    quantity: Quantity


def bound_quantities(project: Project) -> Iterator[Bound]:
    """Give every number that a claim comment binds, whatever the text around it speaks of."""
    for document in _binding(project).values():
        for quantity in document.quantities:
            if quantity.binding:
                yield Bound(document, quantity)


@where
def _binding(document: DocumentFacts) -> bool:
    return any(quantity.binding for quantity in document.quantities)


def expected(quantity: Quantity, fact: Fact) -> Expected:
    """Say what each number of a bound quantity should be.

    A fraction gives count, total and percentage. A single value is the count where there is one, else the percentage; where
    a total stands beside the count, the percentage follows from the two. A share is the percentage where there is one.
    """
    if fact.total is not None:
        return Expected(fact.value, fact.total, fact.percent)
    if quantity.count is None or (quantity.percent is not None and _is_share(quantity.binding)):
        return Expected(percent=fact.value)
    if quantity.total is None or not quantity.total.value:
        return Expected(count=fact.value)
    return Expected(fact.value, percent=100 * fact.value / quantity.total.value)


def _is_share(expression: str) -> bool:
    return field_key(parse(expression).value.measure) in ("percent", "progress")
