"""Which numbers are bound to an expression, and what each should be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Quantity
from docsync.models.document import DocumentFacts
from docsync.models.schema import field_key
from docsync.models.status import Status, word_key
from docsync.project.expressions import FactError, Term, parse
from docsync.project.facts import Fact, evaluate
from docsync.project.following import where
from docsync.project.index import Project
from docsync.project.selection import CRITERIA
from docsync.validator.digits import Expected

_TOTAL: Final = "total"
_COUNTING: Final = frozenset({_TOTAL, "open", "met", "percent"})
_LEFT_OUT: Final = ({Status.CANCELLED}, {Status.CANCELLED, Status.DEFERRED})


class Bound(Struct, frozen=True):
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


def total_of(project: Project, quantity: Quantity) -> Fact | None:
    """Give all that a lone fact counts in, where it is bound to a fraction whose total is another number; else None.

    What was given up or put off may be left out of a total. A fact of another kind, such as a number that a record states,
    is of no total that is known.
    """
    bound = parse(quantity.binding)
    if bound.total is not None or quantity.total is None:
        return None
    try:
        total = evaluate(project, whole_of(quantity.binding))
    except FactError:
        return None
    if not _is_counted(project, bound.value) or any(quantity.total.admits(Decimal(number)) for number in _totals(total)):
        return None
    return total


def whole_of(expression: str) -> str:
    """Give the expression of all that a lone fact counts in."""
    return str(replace(parse(expression).value, measure=_TOTAL))


def fraction_of(expression: str) -> str:
    """Give the fraction that a lone fact is the first half of; of a share or a total, that of what is done."""
    term = parse(expression).value
    if field_key(term.measure) in ("percent", _TOTAL):
        term = replace(term, measure="met" if term.plural == CRITERIA else Status.RESOLVED.value)
    return f"{term}/{whole_of(expression)}"


def _totals(total: Fact) -> Iterator[int]:
    yield int(total.value)
    if not total.criteria:
        for left_out in _LEFT_OUT:
            yield sum(record.status not in left_out for record in total.counted)


def _is_counted(project: Project, term: Term) -> bool:
    """Tell whether a measure counts, and is no number that a record states or comes to."""
    name = field_key(term.measure)
    return name in _COUNTING or word_key(name) in project.config.words


def _is_share(expression: str) -> bool:
    return field_key(parse(expression).value.measure) in ("percent", "progress")
