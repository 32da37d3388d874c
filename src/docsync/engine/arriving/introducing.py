"""How something new comes into a project: with all that follows from it, unless it contradicts what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.config.values import Config
from docsync.engine.arriving.drafting import Novelty, Texts
from docsync.engine.arriving.refusing import Unwelcome
from docsync.engine.changing import Changed, Ground, Planned, change
from docsync.engine.discovery import NEVER, wanted_by
from docsync.engine.request import Request
from docsync.engine.settling import Settled
from docsync.models.diagnostics import Diagnostic
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.text.composing import compose
from docsync.text.edits import Edit
from docsync.text.globs import compile_globs
from docsync.text.spans import Span

_OWN: Final = ("DS1", "DS5")
"""The codes of what a record itself may have wrong, wherever it shows: its fields, and what it names."""

Composer: TypeAlias = "Callable[[Project, Texts], Novelty]"


class Introduced(Struct, frozen=True):
    """Hold what came of something new, as a change, and the record that is new, None where none was to be."""

    changed: Changed
    novelty: Novelty

    @property
    def record(self) -> Record | None:
        """Give the new record as it reads."""
        kind, name = self.novelty.key
        if not kind:
            return None
        records = self.changed.after.documents[self.novelty.home].records
        return next(one for one in records if one.kind == kind and one.id == name)


def introduce(request: Request, composing: Composer, *, write: bool) -> Introduced:
    """Bring something new into a project with all that is generated from it, in one write of all files or none.

    `composing` may be asked again where files change meanwhile. Raises Unwelcome where what is new does not fit in, JobError
    and ConfigError where the job cannot be done; nothing is written then, nor without `write`.
    """
    composed: list[Novelty] = []

    def planning(ground: Ground) -> Planned:
        novelty = composing(ground.project, Texts(ground.surveyed.root, ground.project, ground.source))
        for path in novelty.files:
            _refuse_unread(path, ground.surveyed.config)
        composed.append(novelty)
        return Planned(novelty.edits, novelty.files, refuse=lambda settled, fresh: _refuse(novelty, settled, fresh))

    changed = change(request, planning, write=write)
    return Introduced(changed, composed[-1])


def _refuse_unread(path: str, config: Config) -> None:
    """Refuse a document that no run would read."""
    if not wanted_by(config.include)(path):
        globs = ", ".join(config.include)
        raise Unwelcome(f"{path} would not be read: `include` takes {globs} alone; name another folder")
    if compile_globs(config.exclude).decide(path) or not NEVER.isdisjoint(path.split("/")):
        raise Unwelcome(f"{path} would not be read: `exclude` leaves it out; name another folder")


def _refuse(novelty: Novelty, settled: Settled, fresh: Sequence[Diagnostic]) -> None:
    """Refuse what is not read as it was meant, and what contradicts in itself; what others have to follow in is told later."""
    project = settled.judgement.project
    _refuse_misread(project.documents[novelty.home] if novelty.home else None, novelty)
    news = _news(novelty, settled)
    rank = project.config.fail_on.rank
    wrong = [found for found in fresh if found.severity.rank >= rank and _is_of(found, news)]
    if wrong:
        raise Unwelcome("\n".join(_said(project, found) for found in wrong))


def _refuse_misread(facts: DocumentFacts | None, novelty: Novelty) -> None:
    kind, name = novelty.key
    if facts is None or not kind:
        return
    if facts.refused:
        raise Unwelcome(f"{novelty.home} could not be read: {facts.troubles[0].message}")
    found = [one for one in facts.records if one.kind == kind and one.id == name]
    if len(found) != 1:
        raise Unwelcome(
            f"{novelty.home}: {name} would not be read as a {kind} there; declare its home in docsync.toml, or give --in"
        )
    if found[0].problems:
        raise Unwelcome("\n".join(f"{novelty.home}: {problem.message}" for problem in found[0].problems))


def _news(novelty: Novelty, settled: Settled) -> Mapping[str, Sequence[Span]]:
    """Give where the new text stands, in the files as they will be once what is generated is written, too."""
    news: dict[str, Sequence[Span]] = {}
    for path, text in novelty.files.items():
        draft = settled.drafts.get(path)
        news[path] = [Span(0, len(draft.now if draft else text))]
    for path, edits in novelty.edits.items():
        draft = settled.drafts.get(path)
        source = novelty.sources[path]
        news[path] = _spans(compose(edits, draft.edits, len(source.text)) if draft else edits)
    return news


def _spans(edits: Iterable[Edit]) -> list[Span]:
    spans, shift = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start = edit.span.start + shift
        spans.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - len(edit.span)
    return spans


def _is_of(found: Diagnostic, news: Mapping[str, Sequence[Span]]) -> bool:
    """Tell whether a finding is the new text's own, and not of others that have to follow."""
    places = [found.place]
    if found.code.startswith(_OWN):
        places += [related.place for related in found.related]
    return any(place.span.overlaps(span) or span.contains(place.span) for place in places for span in news.get(place.path, ()))


def _said(project: Project, found: Diagnostic) -> str:
    where = project.documents[found.place.path].lines.position(found.place.span.start)
    help_ = f"; {found.help}" if found.help else ""
    return f"{found.place.path}:{where.line}:{where.column} {found.code} {found.message}{help_}"
