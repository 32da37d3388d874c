"""Which record somebody means who names it, or the line that it stands on."""

from __future__ import annotations

import re
from typing import Final

from docsync.models.records import Record
from docsync.project.index import Project
from docsync.project.pointing import point

_LINE: Final = re.compile(r"(.+?):([1-9]\d{0,8})(?::\d{1,9})?")


def found(project: Project, name: str) -> Record:
    """Give the record that a name or `path:line` means; raises Unfound where there is none, or several.

    Two records of one file that share an id have nothing else to be told apart by.
    """
    placed = _LINE.fullmatch(name)
    here = [record for record in project.records if _stands(project, record, placed[1], int(placed[2]))] if placed else []
    return here[0] if len(here) == 1 else point(project, name)


def _stands(project: Project, record: Record, path: str, line: int) -> bool:
    if record.path != path and not record.path.endswith(f"/{path.removeprefix('./')}"):
        return False
    return project.documents[record.path].lines.line(record.span.start) == line
