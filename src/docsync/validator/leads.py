"""Where a reference leads, and what a missing file was probably renamed or moved to."""

from __future__ import annotations

import re
from posixpath import dirname
from typing import Final

from msgspec import Struct

from docsync.models.document import DocumentFacts
from docsync.models.references import Aim, Reference, Stance
from docsync.project.derived import derived, documents, whole
from docsync.project.evidence import Evidence
from docsync.project.finding import existence
from docsync.project.index import Project

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+(?:\.\d+)*")
_SHARED: Final = 2
_FEWEST: Final = 8
_SHARE: Final = 3
_MOST_NEIGHBOURS: Final = 400
_DOCUMENTS: Final = (".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc")


class Moved(Struct, frozen=True):
    """Name the file that a missing one became, and why it is taken for it: `moved`, `renamed` or `versioned`."""

    path: str
    how: str


def file_of(project: Project, document: DocumentFacts, reference: Reference) -> str | None:
    """Give the path, relative to the root, that a reference leads to: empty where nothing is there, None outside the root.

    A link is followed as a reader of the page follows it, a path in code is looked for wherever it may be meant from.
    """
    if reference.aim is not Aim.LINK:
        return project.evidence.find(reference.target, document.path)
    return file_of_link(project, document, reference.target)


def file_of_link(project: Project, document: DocumentFacts, target: str) -> str | None:
    """Give the path that the target of a link leads to from a document: empty for none, None outside the root."""
    at = project.evidence.follow(target, document.path)
    if at is None:
        return None
    # Wikis leave the ending out.
    return next((path for path in (at, f"{at}.md") if project.evidence.exists(path.rstrip("/"))), "") if at else "."


def is_document(path: str) -> bool:
    """Tell whether a path is one of a text to be read."""
    return path.lower().endswith(_DOCUMENTS)


def is_file(path: str) -> bool:
    """Tell whether the last part of a path has an ending."""
    return "." in path.rpartition("/")[2][1:]


def is_whole(project: Project) -> bool:
    """Tell whether the tree holds most of the documents that it sends its readers to, so that it is no partial copy."""
    named = whole(_named_documents, project).values()
    there: frozenset[str] = frozenset().union(*(there for there, _ in named))
    missing: frozenset[str] = frozenset().union(*(missing for _, missing in named))
    return len(there) >= _FEWEST and len(missing) * _SHARE <= len(there)


@derived(documents, existence)
def _named_documents(project: Project, document: DocumentFacts) -> tuple[frozenset[str], frozenset[str]] | None:
    """Give the documents that one sends its readers to: the paths of those that are there, the names of the others."""
    there: set[str] = set()
    missing: set[str] = set()
    for reference in document.references:
        if _is_named_document(reference) and reference.scope.living and reference.stance is not Stance.HEDGED:
            if found := file_of(project, document, reference):
                there.add(found)
            elif found is not None:
                missing.add(reference.target.rpartition("/")[2])
    return (frozenset(there), frozenset(missing)) if there or missing else None


def _is_named_document(reference: Reference) -> bool:
    return is_document(reference.target) and (reference.aim is Aim.LINK or "/" in reference.target)


def moved(evidence: Evidence, reference: Reference, beside: str) -> Moved | None:
    """Give the one file that a missing one was probably moved or renamed to; never the one that the reference stands in."""
    name = reference.target.rpartition("/")[2]
    same = evidence.named(name)
    if len(same) == 1 and same[0] != beside and is_telling(name):
        return Moved(same[0], "moved")
    if same:
        return None
    aimed = evidence.follow(reference.target, beside) if reference.aim is Aim.LINK else reference.target.removeprefix("./")
    folder = (aimed or "").rpartition("/")[0]
    neighbours = evidence.beside(aimed or "")
    kin = [other for other in neighbours if _is_kin(name, other)] if len(neighbours) <= _MOST_NEIGHBOURS else []
    if len(kin) == 1:
        return Moved(f"{folder}/{kin[0]}".removeprefix("/"), "renamed")
    versions = evidence.ending(name) if is_document(name) and folder else ()
    if len(versions) == 1 and versions[0].startswith(f"{folder}/") and not beside.startswith(dirname(versions[0])):
        return Moved(versions[0], "versioned")
    return None


def is_telling(name: str) -> bool:
    """Tell whether two files of one name are the same thing: `FEED_GUIDE.md`, not `README.md` or `index.ts`."""
    return len(_words(name)) >= _SHARED


def _is_kin(name: str, other: str) -> bool:
    """Tell whether one name is the other with more words at its end or start: `FEED_STATUS.md`, `FEED_STATUS_SUMMARY.md`."""
    if name.rpartition(".")[2].lower() != other.rpartition(".")[2].lower():
        return False
    short, long = sorted((_words(name), _words(other)), key=len)
    return _SHARED <= len(short) < len(long) and short in (long[: len(short)], long[-len(short) :])


def _words(name: str) -> tuple[str, ...]:
    return tuple(found[0].lower() for found in _PARTS.finditer(name.rpartition(".")[0]))
