"""Which documents speak of the same things, so that what one says of `H6` can be held against the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.models.document import DocumentFacts
from docsync.project.derived import derived, held, stepped
from docsync.project.following import Documents, differing
from docsync.project.index import Project
from docsync.project.kept import for_the_next

_SHARED: Final = 2
"""How many things two documents of a folder must call by the same id and the same name: one may be chance."""

_COMPOUND = re.compile(r"\W*(?:[A-Z][a-z0-9]+){2,}\W*")
"""A name that was made up, such as `BerthOrder`: beside one id in two documents it is no chance."""

_WORD = re.compile(r"[^\W\d_]+")
_Key: TypeAlias = tuple[str, frozenset[str]]


class _Folders(Struct, frozen=True):
    documents: Documents
    by_folder: Mapping[str, tuple[DocumentFacts, ...]]


@stepped
def _folders(project: Project, before: tuple[Project, _Folders] | None) -> _Folders:
    """Give the documents of each folder, in order."""
    was = before[1] if before else _Folders({}, {})
    paths: dict[str, set[str]] = {}
    for path in differing(was.documents, project.documents):
        paths.setdefault(dirname(path), set()).add(path)
    folders = dict(was.by_folder)
    for folder, changed in paths.items():
        changed.update(document.path for document in folders.pop(folder, ()))
        if found := tuple(project.documents[path] for path in sorted(changed) if path in project.documents):
            folders[folder] = found
    return _Folders(project.documents, folders)


def _by_folder(project: Project) -> Mapping[str, tuple[DocumentFacts, ...]]:
    return _folders(project).by_folder


@derived(_by_folder)
def _joined(_project: Project, documents: tuple[DocumentFacts, ...]) -> tuple[tuple[str, ...], ...]:
    """Give the circles of one folder, each with all its paths in order."""
    joined = {document.path: document.path for document in documents}
    for (first, other), shared in _meetings(documents).items():
        if shared >= _SHARED:
            one, two = sorted((_root(joined, first), _root(joined, other)))
            joined[two] = one
    found: dict[str, list[str]] = {}
    for path in joined:
        found.setdefault(_root(joined, path), []).append(path)
    return tuple(map(tuple, found.values()))


@stepped
def _members(project: Project, before: tuple[Project, _Members] | None) -> _Members:
    folders = _joined(project)
    was = before[1] if before else _Members({}, {}, {})
    changed = differing(was.folders, folders)
    if not changed:
        return was
    gone = {paths[0] for folder in changed for paths in was.folders.get(folder, ())}
    kept = {first: paths for first, paths in was.members.items() if first not in gone}
    members = dict(sorted({**kept, **{paths[0]: paths for folder in changed for paths in folders.get(folder, ())}}.items()))
    circles = {path: first for first, paths in members.items() for path in paths}
    return _Members(folders, held(was.members, members), held(was.circles, dict(sorted(circles.items()))))


class _Members(Struct, frozen=True):
    folders: Mapping[str, tuple[tuple[str, ...], ...]]
    members: Mapping[str, tuple[str, ...]]
    circles: Mapping[str, str]


def circles(project: Project) -> Mapping[str, str]:
    """Give, for each path, the first path of the circle that it belongs to; most documents are alone in theirs."""
    return _members(project).circles


def in_circles(project: Project) -> Mapping[str, tuple[str, ...]]:
    """Give, for the first path of each circle, all of its paths in order."""
    return _members(project).members


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


def _meetings(documents: Iterable[DocumentFacts]) -> Counter[tuple[str, str]]:
    """Count what each document of a folder calls as the first one to do so."""
    first: dict[_Key, str] = {}
    meetings: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for key, weight in _known_by(document):
            found = first.setdefault(key, document.path)
            if found != document.path:
                meetings[found, document.path] += weight
    return meetings


@for_the_next
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
    return tuple((name, _SHARED if name in made_up else 1) for name in named_so)


def _root(joined: dict[str, str], path: str) -> str:
    while joined[path] != path:
        joined[path] = joined[joined[path]]
        path = joined[path]
    return path
