"""How what a home writes becomes a record, whatever the form of the home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.models.document import Trouble
from docsync.models.nearness import nearest
from docsync.models.records import Criterion, Field, Home, Json, Problem, Record
from docsync.models.schema import KindSpec, Role, field_key
from docsync.models.status import Status
from docsync.text.source import SourceFile
from docsync.text.spans import Span

if TYPE_CHECKING:
    from docsync.models.kinds.validation import Fault


class Written(Struct, frozen=True):
    """Hold one field as a home writes it; `items` are the spans of a list's items."""

    key: str
    value: Json
    span: Span
    key_span: Span
    items: tuple[Span, ...] = ()


class Draft(Struct, frozen=True):
    """Hold what one home says before it is validated.

    `span` marks the id or what stands for it. `within` is the draft of the home that this one is nested in; `covered` are
    the spans that are the home's own words.
    """

    kind: KindSpec
    home: Home
    id: str
    span: Span
    title: str = ""
    fields: tuple[Written, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    covered: tuple[Span, ...] = ()
    within: Draft | None = None
    problems: tuple[Problem, ...] = ()

    def named(self, name: str) -> Written | None:
        """Give the field that is written under a name or one of its aliases."""
        return next((one for one in self.fields if self.name_of(one) == name), None)

    def name_of(self, written: Written) -> str:
        """Give the kind's name for a field; an unknown one keeps its own, normalised."""
        key = field_key(written.key)
        return self.kind.aliases.get(key, key or written.key)


def record_of(source: SourceFile, draft: Draft, config: Config) -> Record:
    """Validate a draft; what is wrong with it is kept with the record, at the key, value or cell concerned."""
    from docsync.models.kinds.validation import validate  # noqa: PLC0415  # pydantic: for documents with records only

    values, faults = validate(draft.kind, _raw(draft), config.words, config.emoji)
    status = values.get("status")
    return Record(
        kind=draft.kind.name,
        id=draft.id or source.path.rpartition("/")[2].partition(".")[0],
        title=str(values.get("title") or draft.title),
        status=Status(str(status)) if status else None,
        home=draft.home,
        path=source.path,
        span=draft.span,
        values=values,
        fields={name: _field(source, draft, name, one) for name, one in _first(draft).items()},
        criteria=draft.criteria,
        problems=(*draft.problems, *(_problem(draft, fault) for fault in faults)),
    )


def unknown_fields(drafts: Iterable[Draft]) -> Iterator[Trouble]:
    """Report each field that a kind does not know once, at its first key."""
    seen: set[tuple[str, str]] = set()
    for draft in drafts:
        for written in draft.fields:
            name = draft.name_of(written)
            if name not in draft.kind.fields and (draft.kind.name, name) not in seen:
                seen.add((draft.kind.name, name))
                near = nearest(name, draft.kind.aliases)
                message = f"{draft.kind.plural} have no field {written.key}; it is kept as it is written"
                yield Trouble("DS104", written.key_span, message, help=f"did you mean {near}?" if near else "")


def nested(draft: Draft) -> Draft:
    """Let a record belong to the one whose home it stands in, where it does not say itself what it belongs to."""
    outer = draft.within
    if outer is None:
        return draft
    for field in draft.kind.relations(Role.PART_OF):
        if field.target == outer.kind.name and draft.named(field.name) is None:
            implied = Written(field.name, outer.id, outer.span, outer.span)
            return replace(draft, fields=(*draft.fields, implied))
    return draft


def _raw(draft: Draft) -> dict[str, Json]:
    raw: dict[str, Json] = {"id": draft.id} if draft.id else {}
    for written in draft.fields:
        raw.setdefault(written.key if draft.name_of(written) in draft.kind.fields else draft.name_of(written), written.value)
    if draft.title and draft.named("title") is None:
        raw["title"] = draft.title
    return raw


def _first(draft: Draft) -> Mapping[str, Written]:
    first: dict[str, Written] = {}
    for written in draft.fields:
        first.setdefault(draft.name_of(written), written)
    return first


def _field(source: SourceFile, draft: Draft, name: str, written: Written) -> Field:
    return Field(name, source.slice(written.span), written.span, written.key_span, draft.home is Home.ROW)


def _problem(draft: Draft, fault: Fault) -> Problem:
    written = draft.named(fault.field)
    return Problem(fault.code, _problem_span(draft, written, fault), fault.message, fault.help, fault.soft)


def _problem_span(draft: Draft, written: Written | None, fault: Fault) -> Span:
    if written is None:
        return draft.span
    if fault.index is not None and fault.index < len(written.items):
        return written.items[fault.index]
    return written.span if len(written.span) else written.key_span
