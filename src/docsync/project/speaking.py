"""How records are called, as far as what a document says of them rests on it."""

from __future__ import annotations

from functools import lru_cache

from docsync.project.index import Project
from docsync.project.names import names_of


@lru_cache(maxsize=2)
def called(project: Project) -> object:
    """Give what stands for how records are called, and for the statuses of those that share an id: the same while both are."""
    alike = tuple((one, *(record.status for record in group)) for one, group in project.by_id.items() if len(group) > 1)
    return _calling(names_of(project), alike)


@lru_cache(maxsize=2)
def _calling(_names: object, _alike: object) -> object:
    return object()
