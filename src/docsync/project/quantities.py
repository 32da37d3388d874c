"""Which numbers of one document speak of the same quantity, at the same moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from docsync.models.claims import Form, Quantity
from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts
from docsync.parser.vocabulary import vocabulary
from docsync.project.derived import derived, documents
from docsync.project.index import Project
from docsync.project.owners import Owner, owner_of
from docsync.project.wordings import (
    NOTHING,
    counted_rest,
    lemma,
    measure,
    speaks_of_another_time,
    speaks_of_now,
    telling,
    without,
)


class Topic(Struct, frozen=True, gc=False):
    """Say what a number is of: its owner, what it counts, how the counted things stand, and when."""

    owner: str
    noun: str
    measure: str
    qualifier: frozenset[str]
    moment: str


class Stated(Struct, frozen=True, gc=False):
    """Hold a number with its topic and its line."""

    path: str
    line: int
    quantity: Quantity
    topic: Topic
    owner: Owner

    @property
    def place(self) -> Place:
        """Give the place of the number."""
        return Place(self.path, self.quantity.span)


@derived(documents)
def stated_numbers(project: Project, document: DocumentFacts) -> tuple[Stated, ...]:
    """Give, document by document, the numbers whose topic is certain, in order."""
    return tuple(_stated(project, document))


def _stated(project: Project, document: DocumentFacts) -> Iterator[Stated]:
    words, title, starts = vocabulary(project.config), document.title, document.lines.starts
    for quantity in document.quantities:
        if quantity.binding or not quantity.scope.comparable or quantity.aim or _apart(quantity, title):
            continue
        owner = owner_of(quantity, title, words)
        if owner is not None:
            line = bisect_right(starts, quantity.span.start)
            yield Stated(document.path, line, quantity, _topic(quantity, owner), owner)


def _apart(quantity: Quantity, title: str) -> bool:
    scope = quantity.scope
    if any(text and speaks_of_another_time(text) for text in (quantity.key, quantity.before, scope.lead, scope.item)):
        return True
    above = (heading for heading in scope.headings[-2:] if heading != title)
    return any(speaks_of_another_time(heading) and not speaks_of_now(heading) for heading in above)


def _topic(quantity: Quantity, owner: Owner) -> Topic:
    noun = lemma(quantity.noun) if quantity.noun else ""
    if not noun and owner.name.startswith("gate "):
        noun = "criterion"
    state = measure(quantity.state, noun)
    label = quantity.scope.item if quantity.form is Form.ROW else quantity.before
    if not state:
        state = counted_rest(quantity.key) or counted_rest(label)
    qualifier = telling(quantity.qualifier) if quantity.noun else NOTHING
    name = owner.name
    if noun == "criterion" and name.startswith("phase ") and "gate" in f"{quantity.key} {quantity.qualifier}".casefold():
        name = name.replace("phase", "gate", 1)
    return Topic(name, noun, state, without(qualifier, owner.name.split()), quantity.scope.as_of)
