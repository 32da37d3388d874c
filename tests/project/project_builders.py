"""How the tests of this room make a project without parsing a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docsync.config.values import Config
from docsync.models.document import DocumentFacts
from docsync.models.kinds.registry import builtin_specs
from docsync.models.records import Criterion, Field, Home, Json, Record
from docsync.models.schema import KindSpec
from docsync.models.status import EMOJI, WORDS, Status
from docsync.project.build import join
from docsync.project.index import Project
from docsync.text.source import line_index
from docsync.text.spans import Span

NOWHERE = Span(0, 0)


def config(*extra: KindSpec) -> Config:
    return Config({**builtin_specs(), **{spec.name: spec for spec in extra}}, WORDS, EMOJI)


def record(  # noqa: PLR0913 - a record has that many parts
    kind: str,
    record_id: str,
    status: Status | None = None,
    *,
    path: str = "plan.md",
    criteria: Sequence[Criterion] = (),
    written: Mapping[str, tuple[int, str]] | None = None,
    **values: Json,
) -> Record:
    """Make a record; `written` gives the offset and raw text of fields whose place matters."""
    fields = {
        name: Field(name, raw, Span(at, at + len(raw)), Span(max(0, at - 2), at)) for name, (at, raw) in (written or {}).items()
    }
    return Record(kind, record_id, f"The {record_id}", status, Home.FILE, path, NOWHERE, values, fields, tuple(criteria))


def criterion(text: str, *, met: bool, category: str = "", dropped: bool = False) -> Criterion:
    return Criterion(text, category, met, NOWHERE, NOWHERE, dropped)


def project(*records: Record, kinds: Sequence[KindSpec] = ()) -> Project:
    paths = dict.fromkeys(one.path for one in records)
    documents = [document(path, *(one for one in records if one.path == path)) for path in paths]
    return join(config(*kinds), documents)


def document(path: str, *records: Record) -> DocumentFacts:
    return DocumentFacts(path, "", "\n", line_index(""), records=records)


def ids(records: Sequence[Record]) -> list[str]:
    return [one.id for one in records]
