"""What the things without a home wait for, as one document states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from docsync.models.claims import Form, Mention
from docsync.models.document import DocumentFacts
from docsync.project.entities import circle_of
from docsync.project.following import where
from docsync.project.index import Project
from docsync.project.things import thing
from docsync.validator.entities import has_home

INCOMPLETE: Final = re.compile(r"…|\.\.\.|\b(?:etc|others?|more|many|everything|all|multiple|various)\b", re.IGNORECASE)
"""Words by which a list says that it does not name everything."""

NEEDS: Final = "blocked_by"
HOLDS: Final = "blocks"


class Relations(Struct, frozen=True):
    """Hold, by entity in lower case, the one mention by which a document says what the entity waits for, or holds up."""

    needs: Mapping[str, Mention]
    holds: Mapping[str, Mention]


@where
def relating(document: DocumentFacts) -> bool:
    """Tell whether a document states any relation."""
    return any(mention.name in (NEEDS, HOLDS) for mention in document.mentions)


def relations(project: Project, document: DocumentFacts) -> Relations:
    """Give the relations of things without a home; one that is stated twice is left out, since the two may differ in time."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for mention in document.mentions:
        if mention.name in (NEEDS, HOLDS) and mention.form is Form.KEY_VALUE and mention.scope.living:
            found.setdefault((mention.name, mention.entity.casefold()), []).append(mention)
    kept = {key: one for key, (one, *others) in found.items() if not others and _is_list(project, document, one)}
    return Relations(
        {entity: one for (name, entity), one in kept.items() if name == NEEDS},
        {entity: one for (name, entity), one in kept.items() if name == HOLDS},
    )


def targets(mention: Mention) -> frozenset[str]:
    """Give the entities that a relation names, in lower case."""
    return frozenset(target.casefold() for target in mention.targets)


def is_settled(project: Project, document: DocumentFacts, entity: str) -> bool:
    """Tell whether the documents of a circle say that a thing without a home is settled."""
    found = circle_of(project, document.path).get(thing(entity))
    return found is not None and len(found.living) > 0 and found.living[0].status.is_settled


def kept(stated: Relations) -> frozenset[str]:
    """Give what a document's lists of needs name: a settled thing among it was not dropped for being settled."""
    return frozenset[str]().union(*(targets(mention) for mention in stated.needs.values()))


def edges(stated: Relations) -> Iterator[tuple[str, str, Mention]]:
    """Give (what waits, what it waits for, the mention that says so)."""
    for waiting, mention in stated.needs.items():
        yield from ((waiting, needed, mention) for needed in sorted(targets(mention)))
    for needed, mention in stated.holds.items():
        yield from ((waiting, needed, mention) for waiting in sorted(targets(mention)))


def _is_list(project: Project, document: DocumentFacts, mention: Mention) -> bool:
    return bool(mention.targets) and not INCOMPLETE.search(mention.raw) and not has_home(project, mention.entity, document.path)
