"""Of what a number speaks: a numbered thing, something called by its name, or all that the document is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docsync.models.claims import Form, Quantity
from docsync.parser.entities import find_entities, may_name
from docsync.parser.masking import mask
from docsync.parser.vocabulary import Vocabulary
from docsync.project.wordings import NOTHING, is_overall, lemma, telling, without

_LETTERS = re.compile(r"[^\W\d_]{2}")
_TIMES: Final = ("session ", "event ", "day ", "week ")


class Owner(Struct, frozen=True, gc=False):
    """Name what a number is of: `phase 2`, `H6`, the words `critical path`, empty for everything.

    `entity` tells a numbered thing or an id from mere words; `near` that the number's own line, row or key names it; `text` is
    the text that names it. `facet` holds the words around the number that may say what is counted where it does not itself,
    `words` what the line of a numbered thing calls it beside its number, or what introduces the list in which something else is
    named: two that differ are two things, or two sides of one.
    """

    name: str = ""
    entity: bool = False
    near: bool = False
    text: str = ""
    facet: frozenset[str] = NOTHING
    words: frozenset[str] = NOTHING


def owner_of(quantity: Quantity, title: str, vocabulary: Vocabulary) -> Owner | None:
    """Give what a number is of, None where several things are named or the text leaves doubt."""
    if quantity.form is Form.ROW and not _is_of_its_row(quantity, vocabulary):
        return None
    own = names_in(quantity.scope.item, vocabulary) if quantity.form is Form.ROW else _in_line(quantity, vocabulary)
    if own:
        name = _single(own)
        if not name:
            return None
        facet, words = _around(quantity, title, name, vocabulary), _beside(quantity, name)
        return Owner(name, entity=True, near=True, text=name, facet=facet, words=words)
    for text, near in _texts(quantity, title):
        if names := names_in(text, vocabulary):
            name = _single(names)
            return Owner(name, entity=True, near=near, text=name) if name else None
        if words := without(telling(text), counted(quantity)):
            lead = without(telling(quantity.scope.lead), counted(quantity), words) if near else NOTHING
            return Owner(" ".join(sorted(words)), near=near, text=text, words=lead)
    return _EVERYTHING


_EVERYTHING: Final = Owner()


@lru_cache(maxsize=1 << 11)
def names_in(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the things that a text names, each once, in order and in lower case."""
    if not may_name(text, vocabulary):
        return ()
    found = find_entities(mask(text), vocabulary=vocabulary)
    return tuple(dict.fromkeys(name.casefold() for named in found for name in named.names))


def counted(quantity: Quantity) -> frozenset[str]:
    """Give the words that say what is counted, not of what."""
    return _counted(quantity.noun, quantity.qualifier) if quantity.noun else NOTHING


@lru_cache(maxsize=1 << 10)
def _counted(noun: str, qualifier: str) -> frozenset[str]:
    return telling(qualifier) | {lemma(noun)}


def _single(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 and not names[0].startswith(_TIMES) else ""


def _is_of_its_row(quantity: Quantity, vocabulary: Vocabulary) -> bool:
    """Tell whether a row's number is of what the row is called.

    It is not where the row is called by a case (`50-69`) or a mere number, or where the column names another thing.
    """
    label, header = quantity.scope.item, _header(quantity)
    if not label or names_in(header, vocabulary):
        return False
    named = names_in(label, vocabulary)
    if not named and not _LETTERS.search(label):
        return False
    return bool(named) or not telling(label) or not telling(header) - counted(quantity) - telling(label)


def _beside(quantity: Quantity, name: str) -> frozenset[str]:
    """Give what the number's own line calls its owner beside the number it has."""
    line = quantity.scope.item if quantity.form is Form.ROW else f"{quantity.key} {quantity.before}"
    return without(telling(line), counted(quantity), telling(name))


def _header(quantity: Quantity) -> str:
    """Give the column's header; a key that repeats the row's label stands for a plain one."""
    return "" if quantity.key == quantity.scope.item else quantity.key


def _in_line(quantity: Quantity, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give what the number's own line names: in its key, inside it, before it, or right after it.

    A key that is a name of its own (`Critical path: 75% complete (H6 → H1)`) or says `overall` leaves the rest to words.
    """
    if is_overall(quantity.key):
        return ()
    if keyed := names_in(quantity.key, vocabulary):
        return keyed
    if quantity.key and telling(quantity.key) - counted(quantity):
        return ()
    if quantity.of:
        return tuple(dict.fromkeys(map(str.casefold, quantity.of)))
    return names_in(quantity.before, vocabulary) or names_in(quantity.rest, vocabulary)


def _texts(quantity: Quantity, title: str) -> Iterator[tuple[str, bool]]:
    """Give the texts that may say what a number is of, nearest first, and whether each is its own line's."""
    scope = quantity.scope
    first = scope.item if quantity.form is Form.ROW else quantity.before
    own = (quantity.key, first) if telling(quantity.key) else (first, quantity.key)
    yield from ((text, True) for text in own if text)
    if is_overall(quantity.key):
        return
    above = (heading for heading in reversed(scope.headings) if heading != title)
    around = (scope.lead, *above) if quantity.form is Form.ROW else (scope.lead, scope.item, *above)
    yield from ((text, False) for text in around if text)


def _around(quantity: Quantity, title: str, name: str, vocabulary: Vocabulary) -> frozenset[str]:
    scope = quantity.scope
    found: set[str] = set()
    for text in (scope.lead, "" if quantity.form is Form.ROW else scope.item, *scope.headings[-1:], quantity.key):
        if text != title and name not in names_in(text, vocabulary):
            found |= telling(text)
    return without(frozenset(found), counted(quantity))
