"""Which sessions the documents of a project name that has no session read as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from docsync.models.claims import TEMPLATE
from docsync.models.document import DocumentFacts
from docsync.parser.homes.leads import read_lead
from docsync.project.index import Project
from docsync.project.sessions import KIND, hands_over

_NAME = re.compile(r"session[ -]0*(\d{1,6})[a-z]?", re.IGNORECASE)


class Unread(Struct, frozen=True):
    """Hold the number of the latest session that documents name, and the headings that begin one: path, line and number."""

    latest: int
    headings: tuple[tuple[str, int, int], ...]


def unread_sessions(project: Project) -> Unread | None:
    """Give the sessions that documents name where none is a record; None where one is, or where they name none.

    A mention of the number just above that of the last heading speaks of the session to come.
    """
    if project.by_kind.get(KIND):
        return None
    documents = [one for one in project.documents.values() if not one.refused and one.moment != TEMPLATE]
    headings = tuple(found for one in documents for found in _headings(project, one))
    last = max((number for _, _, number in headings), default=0)
    named = {number for one in documents if not hands_over(one) for number in _mentioned(one)}
    latest = max([last, *(named - {last + 1} if headings else named)], default=0)
    return Unread(latest, headings) if latest else None


def _headings(project: Project, document: DocumentFacts) -> Iterator[tuple[str, int, int]]:
    """Give the headings that would begin a session if the document declared any."""
    spec = project.config.kinds[KIND]
    for heading in document.headings:
        lead = read_lead(heading.text, spec, project.config)
        if lead and (found := _NAME.fullmatch(lead.id.text)):
            yield document.path, document.lines.line(heading.span.start), int(found[1])


def _mentioned(document: DocumentFacts) -> Iterator[int]:
    for mention in document.mentions:
        if found := _NAME.fullmatch(mention.entity):
            yield int(found[1])
