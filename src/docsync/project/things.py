"""How one document calls the things that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docsync.models.claims import Form, Mention
from docsync.models.document import DocumentFacts
from docsync.project.circles import titles

_LABELLED_ID = re.compile(r"(?:hole|task|criterion|decision|story|epic|round) (?P<id>[a-z]{1,8}-?\d[\d.]*[a-z]?)")
"""`Hole H6` and `Criterion F1.1` are the things H6 and F1.1."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def thing(name: str) -> str:
    """Give the one form of a thing's name: `Hole H6`, `H6` and `h6` are the same."""
    folded = name.casefold()
    found = _LABELLED_ID.fullmatch(folded)
    return found["id"] if found else folded


class Names:
    """Hold the names that one document gives to things, by thing, in order of lines."""

    def __init__(self, document: DocumentFacts) -> None:
        self._given: dict[str, dict[int, frozenset[str]]] = {}
        for entity, line, named in titles(document):
            self._given.setdefault(thing(entity), {})[line] = named
        self._all = {entity: frozenset[str]().union(*given.values()) for entity, given in self._given.items()}
        self._several = {entity for entity, given in self._given.items() if _are_several(list(given.values()))}

    def of(self, mention: Mention, entity: str, line: int) -> frozenset[str] | None:
        """Give the words of a thing's name where a status stands; None where several things could be meant.

        A status under a heading is of the thing that the heading names, which is the last one named before it.
        """
        given = self._given.get(entity, {})
        if line in given or not given:
            return given.get(line, frozenset())
        if mention.form is Form.KEY_VALUE and mention.entity_span is None:
            above = max((other for other in given if other < line), default=0)
            return given.get(above, self._all[entity])
        return None if entity in self._several else self._all[entity]


def _are_several(names: Sequence[frozenset[str]]) -> bool:
    """Tell whether names are of several things: most of them share no word with the first."""
    return sum(not names[0] & other for other in names) * 2 > len(names)


def gists(document: DocumentFacts) -> Iterator[tuple[tuple[str, int], frozenset[str]]]:
    """Give the longer words that follow a thing's id, by thing and line."""
    for mention in document.mentions:
        if mention.name == "gist":
            words = frozenset(word.casefold() for word in _LONG_WORD.findall(mention.raw))
            yield (thing(mention.entity), document.lines.line(mention.span.start)), words
