"""Whether one document gives one status to each thing that has no home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docsync.models.claims import Mention
from docsync.models.diagnostics import Finding, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.validator.claims import living_statuses
from docsync.validator.clashes import advancement, clash
from docsync.validator.entities import has_home
from docsync.validator.homes import decorative
from docsync.validator.wording import said


def against_peers(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    """Compare the living statuses of each entity without a home, within one document."""
    for mentions in homeless(project, document).values():
        yield from _odd(document, mentions)


def homeless(project: Project, document: DocumentFacts) -> Mapping[str, Sequence[Mention]]:
    """Give the living statuses of a document by the entity without a home that they are about."""
    stated: dict[str, list[Mention]] = {}
    for mention in living_statuses(document):
        if not decorative(mention) and not has_home(project, mention.entity, document.path):
            stated.setdefault(mention.entity.casefold(), []).append(mention)
    return stated


def _odd(document: DocumentFacts, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Take the place where the work is furthest as the truth: a status is forgotten more often than invented."""
    if len(mentions) == 1:
        return
    furthest = max(mentions, key=lambda mention: advancement(_status(mention)))
    for mention in mentions:
        if reason := clash(_status(mention), _status(furthest), mention.raw, furthest.raw):
            yield Finding(
                document.place(mention.span),
                f"{mention.entity} is {said(mention.status)} here, but {said(furthest.status)} elsewhere: {reason}",
                (document.related(furthest.span, f"{furthest.entity} is {said(furthest.status)} here"),),
                verdict=Verdict.CONTRADICTED,
                evidence=(f"both places speak of `{mention.entity}`, which has no home, and of now",),
            )


def _status(mention: Mention) -> Status:
    return mention.status or Status.PENDING
