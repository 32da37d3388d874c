"""What the things without a home wait for, each with its own status and that of what it waits for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from docsync.models.claims import Mention
from docsync.models.diagnostics import Finding, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.entities import Entity, Stated, circle_of
from docsync.project.index import Project
from docsync.project.things import thing
from docsync.validator.calling import stated_as
from docsync.validator.relations import INCOMPLETE, NEEDS
from docsync.validator.wording import RELATED, listing

_DONE = re.compile(r"[✅✓✔☑]|\b(?:complete|completed|done|resolved|merged|met|satisfied|finished)\b", re.IGNORECASE)


class Wait(Struct, frozen=True):
    """Hold a thing's status, the list that says what it waits for, and of each of these the furthest status."""

    stated: Stated
    mention: Mention
    needed: tuple[Stated, ...]

    @property
    def open(self) -> tuple[Stated, ...]:
        """Give what is open of that which it waits for."""
        return tuple(one for one in self.needed if one.status.is_open)

    @property
    def settled(self) -> bool:
        """Tell whether all that it waits for is settled."""
        return all(one.status.is_settled for one in self.needed)


def waits(project: Project, document: DocumentFacts, status: Status) -> Iterator[Wait]:
    """Give the waits of the things that a document gives one undisputed status, where the list names everything."""
    stating = [mention for mention in document.mentions if mention.name == NEEDS and mention.scope.living]
    circle = circle_of(project, document.path) if stating else {}
    for mention in stating:
        known = circle.get(thing(mention.entity))
        if known is None or {one.status for one in known.living} != {status} or INCOMPLETE.search(mention.raw):
            continue
        if status is not Status.BLOCKED and _DONE.search(mention.raw):
            continue  # the list itself says that what it names is done
        own = next((one for one in known.living if one.path == document.path), None)
        found = [circle.get(thing(target)) for target in mention.targets]
        needed = tuple(one.living[0] for one in found if one and one.living and one.name != known.name)
        undisputed = all(_undisputed(one) for one in found if one and one.living)
        if own is not None and needed and len(needed) == len(mention.targets) and undisputed:
            yield Wait(own, mention, needed)


def _undisputed(entity: Entity) -> bool:
    """Tell whether all places agree that a thing is open, or that it is settled; that it once was done counts too."""
    states = {other.status.is_open for other in entity.living}
    return len(states) == 1 and (states == {False} or not entity.over)


def finding(document: DocumentFacts, wait: Wait, message: str, needed: tuple[Stated, ...]) -> Finding:
    """Report a wait at the thing's status; `{}` in the message stands for what it waits for."""
    name = wait.mention.entity
    return Finding(
        wait.stated.place,
        message.format(listing(one.mention.entity for one in needed)),
        (
            document.related(wait.mention.span, f"what {name} waits for"),
            *(Related(one.place, f"{one.mention.entity} is {stated_as(one)} here") for one in needed[:RELATED]),
        ),
        verdict=Verdict.CONTRADICTED,
        evidence=(
            f"the list of what {name} waits for names all of it: {listing(wait.mention.targets)}",
            *(f"{one.mention.entity} is called {stated_as(one)}, and nothing disputes it" for one in wait.needed[:RELATED]),
        ),
    )
