"""Which documents speak of the same things, so that what one says of `H6` can be held against the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import dirname
from typing import Final, TypeAlias

from docsync.models.document import DocumentFacts
from docsync.project.index import Project
from docsync.project.kept import once

_SHARED: Final = 2
"""How many things two documents of a folder must call by the same id and the same name: one may be chance."""

_COMPOUND = re.compile(r"\W*(?:[A-Z][a-z0-9]+){2,}\W*")
"""A name that was made up, such as `BerthOrder`: beside one id in two documents it is no chance."""

_WORD = re.compile(r"[^\W\d_]+")
_Key: TypeAlias = tuple[str, str, frozenset[str]]


@lru_cache(maxsize=2)
def circles(project: Project) -> Mapping[str, str]:
    """Give, for each path, the first path of the circle that it belongs to; most documents are alone in theirs."""
    joined = {path: path for path in project.documents}
    for (first, other), shared in _meetings(project).items():
        if shared >= _SHARED:
            one, two = sorted((_root(joined, first), _root(joined, other)))
            joined[two] = one
    return {path: _root(joined, path) for path in joined}


def name_words(title: str) -> frozenset[str]:
    """Give the words of a name in lower case, remarks in brackets left out."""
    return frozenset(word.casefold() for word in _WORD.findall(title.partition("(")[0]))


def titles(document: DocumentFacts) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Give the names that a document gives to things: the entity, the line, and the words of the name."""
    for mention in document.mentions:
        if mention.name == "title" and (named := name_words(mention.raw)):
            yield mention.entity.casefold(), document.lines.line(mention.span.start), named
    for record in document.records:
        if named := name_words(record.title):
            yield record.id.casefold(), document.lines.line(record.span.start), named


def _meetings(project: Project) -> Counter[tuple[str, str]]:
    """Count what each document calls as the first document of its folder to do so."""
    first: dict[_Key, str] = {}
    meetings: Counter[tuple[str, str]] = Counter()
    for path, document in project.documents.items():
        for key, weight in _known_by(document):
            found = first.setdefault(key, path)
            if found != path:
                meetings[found, path] += weight
    return meetings


@once
def _known_by(document: DocumentFacts) -> tuple[tuple[_Key, int], ...]:
    """Give what a document calls by which name, in its folder, and how much it weighs that another does so, too."""
    made_up = {
        (mention.entity.casefold(), name_words(mention.raw))
        for mention in document.mentions
        if mention.name == "title" and " " not in mention.entity and _COMPOUND.fullmatch(mention.raw)
    }
    made_up |= {
        (record.id.casefold(), name_words(record.title))
        for record in document.records
        if " " not in record.id and _COMPOUND.fullmatch(record.title)
    }
    named_so = dict.fromkeys((entity, named) for entity, _, named in titles(document))
    folder = dirname(document.path)
    return tuple(((folder, *name), _SHARED if name in made_up else 1) for name in named_so)


def _root(joined: dict[str, str], path: str) -> str:
    while joined[path] != path:
        joined[path] = joined[joined[path]]
        path = joined[path]
    return path
