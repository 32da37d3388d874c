"""Which id the first session gets that is a record, where documents name earlier ones."""

from __future__ import annotations

import re

from docsync.editing.arriving.ids import next_id
from docsync.engine.arriving.wishes import id_of, kind_of
from docsync.project.index import Project
from docsync.project.sessions import KIND
from docsync.project.unread_sessions import unread_sessions

_NUMBER = re.compile(r"\d+")


def id_for(project: Project, given: str) -> str:
    """Give the id of a new session: the one given, else one that goes on from those that documents name, empty for the next."""
    found = None if given else unread_sessions(project)
    if found is None:
        return given
    spec = kind_of(project, KIND)
    return next_id(spec, [_NUMBER.sub(str(found.latest), id_of(project, spec, ""))])
