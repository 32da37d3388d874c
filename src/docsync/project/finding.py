"""Which files are there, as far as what documents say of them rests on it."""

from __future__ import annotations

from docsync.project.derived import stepped
from docsync.project.index import Project


@stepped
def existence(project: Project, before: tuple[Project, object] | None) -> object:
    """Give what stands for which files are there: the same while they are, also those that only documents name."""
    return before[1] if before and project.evidence.finds_again(before[0].evidence) else object()
