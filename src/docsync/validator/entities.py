"""Which record a name in a text means, and what a text's headings name."""

from __future__ import annotations

from functools import lru_cache

from docsync.models.document import DocumentFacts
from docsync.models.records import Home, Record
from docsync.project.build import resolve
from docsync.project.derived import bearers, entry
from docsync.project.index import Project


def record_of(project: Project, entity: str, path: str) -> Record | None:
    """Find the record that a name in the file `path` means; None where there is none or several disagree."""
    kept = _kept(project)
    key = (entity, path)
    if key not in kept:
        kept[key] = _find(project, entity, path)
    found = kept[key]
    if found is not None:
        entry(bearers, project, found.id)  # it was found for the first one alone who asked, and all of them rest on it
    return found


def has_home(project: Project, entity: str, path: str) -> bool:
    """Tell whether any record answers to a name, even where several disagree."""
    return resolve(project, entity, beside=path) is not None


def record_of_file(document: DocumentFacts) -> Record | None:
    """Give the record that a file as a whole is the home of."""
    return next((record for record in document.records if record.home is Home.FILE), None)


@lru_cache(maxsize=1)
def _kept(_project: Project) -> dict[tuple[str, str], Record | None]:
    return {}


def _find(project: Project, entity: str, path: str) -> Record | None:
    found = resolve(project, entity, beside=path)
    if found is None:
        return None
    namesakes = {(record.kind, record.status) for record in project.by_id[found.id]}
    return found if len(namesakes) == 1 else None
