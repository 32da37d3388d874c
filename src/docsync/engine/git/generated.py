"""Which parts of a document docsync writes itself, so that a merge need not choose between two versions of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.claims import Number, Quantity
from docsync.models.document import DocumentFacts, FrontMatter
from docsync.parser.document import read_document
from docsync.project.expressions import FactError, parse
from docsync.project.facts import Fact
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile
from docsync.text.spans import Span
from docsync.validator.binding import expected

_SETTINGS: Final = "docsync"
_COMPUTED: Final = "computed"
_ONE: Final = Decimal(1)


class Part(Struct, frozen=True):
    """Mark a part that is generated; `name` is the same for the same part in every version of a document.

    `whole` tells that it covers whole lines, and so the line end too.
    """

    name: str
    span: Span
    whole: bool


def generated(source: SourceFile, config: Config) -> tuple[Part, ...]:
    """Give the bodies of regions, bound digits and computed values, in the order of the text; none where it cannot be read."""
    try:
        facts = read_document(source, config)
    except Refusal:
        return ()
    bodies = [Part(f"region {region.id}", region.body, whole=True) for region in facts.regions]
    parts = sorted([*bodies, *_digits(facts), *_computed(facts.front_matter)], key=lambda part: part.span)
    return tuple(part for part, above in zip(parts, [None, *parts], strict=False) if _apart(part, above))


def _apart(part: Part, above: Part | None) -> bool:
    return above is None or not above.span.overlaps(part.span)


def _digits(facts: DocumentFacts) -> Iterator[Part]:
    met: Counter[str] = Counter()
    for quantity in facts.quantities:
        if quantity.binding:
            met[quantity.binding] += 1
            for role, number in _kept(quantity):
                yield Part(f"claim {quantity.binding} {met[quantity.binding]} {role}", number.span, whole=False)


def _kept(quantity: Quantity) -> Iterator[tuple[str, Number]]:
    """Give the numbers that a binding keeps true: a total beside a single bound number, or a range, stays its author's."""
    try:
        fraction = parse(quantity.binding).total is not None
    except FactError:
        return
    right = expected(quantity, Fact(_ONE, _ONE if fraction else None))
    roles = (("count", quantity.count, right.count), ("total", quantity.total, right.total))
    for role, number, value in (*roles, ("percent", quantity.percent, right.percent)):
        if number is not None and number.exact and value is not None:
            yield role, number


def _computed(front_matter: FrontMatter | None) -> Iterator[Part]:
    settings = front_matter.entries.get(_SETTINGS) if front_matter else None
    if not front_matter or not settings or not isinstance(settings.value, dict):
        return
    named = settings.value.get(_COMPUTED)
    for key in named if isinstance(named, list | dict) else ():
        entry = front_matter.entries.get(str(key))
        if entry and isinstance(entry.value, str | int | float):
            yield Part(f"computed {key}", entry.value_span, whole=False)
