"""Whether a document speaks of the project's records of a kind, or of other things by the same name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from posixpath import commonpath, dirname

from msgspec import Struct

from docsync.models.document import DocumentFacts
from docsync.project.derived import stepped
from docsync.project.index import Project
from docsync.project.names import Names, names_of, while_same
from docsync.project.speaking import called
from docsync.validator.entities import record_of


def speaks_of(project: Project, document: DocumentFacts, kind: str) -> bool:
    """Tell whether a document is a home of a kind with records, stands at or above all its homes, or names one of them.

    Without this, `12 tasks` in one corner of a large repository would be compared with the tasks of another.
    """
    folder = _folders(project).by_kind[kind]
    own = dirname(document.path)
    return own in ("", folder) or folder.startswith(f"{own}/") or kind in _named(project, document)


class _Folders(Struct, frozen=True):
    names: Names
    by_kind: Mapping[str, str]


@stepped
def _folders(project: Project, before: tuple[Project, _Folders] | None) -> _Folders:
    """Give the deepest folder that holds all homes of each kind."""
    names = names_of(project)
    if before and before[1].names is names:
        return before[1]
    paths = {kind: {f"/{dirname(record.path)}" for record in records} for kind, records in project.by_kind.items()}
    return _Folders(names, {kind: commonpath(found).strip("/") for kind, found in paths.items()})


@partial(while_same, called)
def _named(project: Project, document: DocumentFacts) -> frozenset[str]:
    found = (record_of(project, entity, document.path) for entity in {mention.entity for mention in document.mentions})
    return frozenset(record.kind for record in (*found, *document.records) if record)
