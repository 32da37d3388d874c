"""Whether a document speaks of the project's records of a kind, or of other things by the same name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from posixpath import commonpath, dirname

from docsync.models.document import DocumentFacts
from docsync.project.index import Project
from docsync.project.kept import of_project
from docsync.validator.entities import record_of


def speaks_of(project: Project, document: DocumentFacts, kind: str) -> bool:
    """Tell whether a document is a home of a kind with records, stands at or above all its homes, or names one of them.

    Without this, `12 tasks` in one corner of a large repository would be compared with the tasks of another.
    """
    folder = _folders(project)[kind]
    own = dirname(document.path)
    return own in ("", folder) or folder.startswith(f"{own}/") or kind in _named(project, document.path)


@lru_cache(maxsize=2)
def _folders(project: Project) -> Mapping[str, str]:
    """Give the deepest folder that holds all homes of each kind."""
    return {
        kind: commonpath([f"/{dirname(path)}" for path in {record.path for record in records}]).strip("/")
        for kind, records in project.by_kind.items()
    }


@of_project
def _named(project: Project, path: str) -> frozenset[str]:
    document = project.documents[path]
    found = (record_of(project, entity, path) for entity in {mention.entity for mention in document.mentions})
    return frozenset(record.kind for record in (*found, *document.records) if record)
