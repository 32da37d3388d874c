"""Where else than in its home a record is spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from docsync.models.claims import Mention, Quantity
from docsync.models.document import DocumentFacts
from docsync.models.records import Home, Record
from docsync.models.references import Aim, Reference
from docsync.models.schema import FieldSpec, FieldType, Role
from docsync.project.asking.fields import REFERENCES
from docsync.project.build import resolve
from docsync.project.graph import item_place
from docsync.project.index import Project
from docsync.project.parts import lists_parts
from docsync.text.spans import Span

_SILENT = ("", "gist")
"""What mentions are called that name something and state no field of it."""
_LISTS = (FieldType.TEXT, FieldType.LIST)
_Naming: TypeAlias = "Mapping[str, tuple[FieldSpec, ...]]"


class Spoken(Struct, frozen=True):
    """Hold one line that speaks of a record: where, what it says of it, and of which moment, empty for now.

    `says` is empty where the record is merely named.
    """

    path: str
    line: int
    column: int
    says: str
    as_of: str


class _One(Struct, frozen=True):
    span: Span
    says: str = ""
    as_of: str = ""


def spoken_of(project: Project, record: Record) -> tuple[Spoken, ...]:
    """Give every line outside a record's home that speaks of it, by path and line; generated text is left out."""
    found: list[Spoken] = []
    naming = _naming_fields(project)
    for document in project.documents.values():
        ones = [*_in_text(project, document, record), *_in_fields(project, naming, document, record)]
        found += _by_line(document, (one for one in ones if not _at_home(document, record, one.span)))
    return tuple(found)


def _in_text(project: Project, document: DocumentFacts, record: Record) -> Iterator[_One]:
    for mention in document.mentions:
        if _is_of(project, document, record, mention.entity):
            yield _One(mention.entity_span or mention.span, _says(mention), mention.scope.as_of)
        elif any(_is_of(project, document, record, target) for target in mention.targets):
            said = f"{mention.entity}: {mention.name.replace('_', ' ')}"
            yield _One(mention.span, said, mention.scope.as_of)
    for quantity in document.quantities:
        if any(_is_of(project, document, record, name) for name in _named(quantity)):
            yield _One(quantity.span, quantity.text.strip(), quantity.scope.as_of)
    for reference in document.references:
        if reference.aim is not Aim.COMMIT and _leads_to(project, document, record, reference):
            yield _One(reference.span, "link" if reference.aim is Aim.LINK else "path", reference.scope.as_of)


def _in_fields(project: Project, naming: _Naming, document: DocumentFacts, record: Record) -> Iterator[_One]:
    """Give the fields of other records that name this one without being its place in the graph, such as a session's."""
    for other in document.records:
        for field in naming.get(other.kind, ()):
            if not other.values.get(field.name) or other is record:
                continue
            for item in other.texts(field.name):
                exact = field.type in _LISTS and item.strip() == record.id
                referring = field.type in REFERENCES
                if exact or (referring and resolve(project, item, field.target, beside=other.path) is record):
                    place = item_place(other, field.name, item)
                    yield _One(place.span, f"{other.id}: {field.name.rstrip('_').replace('_', ' ')}")


def _naming_fields(project: Project) -> _Naming:
    """Give, by kind, the fields that may name a record and have no role in the graph."""
    return {
        kind: tuple(
            field
            for field in spec.fields.values()
            if field.role is Role.NONE and field.type in (*_LISTS, *REFERENCES) and not lists_parts(project, field)
        )
        for kind, spec in project.config.kinds.items()
    }


def _is_of(project: Project, document: DocumentFacts, record: Record, name: str) -> bool:
    return resolve(project, name, beside=document.path) is record


def _named(quantity: Quantity) -> tuple[str, ...]:
    return (*quantity.of, *quantity.entities[:1])


def _says(mention: Mention) -> str:
    if mention.name in _SILENT:
        return ""
    name, raw = mention.name.replace("_", " "), mention.raw.strip()
    return f"{name}: {raw}" if raw else name


def _leads_to(project: Project, document: DocumentFacts, record: Record, reference: Reference) -> bool:
    if not reference.target:
        leads = document.path
    elif reference.aim is Aim.LINK:
        leads = project.evidence.follow(reference.target, document.path) or ""
    else:
        leads = project.evidence.find(reference.target, document.path)
    if leads != record.path:
        return False
    if record.home is Home.FILE:
        return document.path != record.path
    return bool(reference.anchor) and _plain(reference.anchor) == _heading(project, record)


def _heading(project: Project, record: Record) -> str:
    """Give the heading that is a record's home, as anchors spell it but for signs; nothing for any other home."""
    document = project.documents[record.path]
    inside = (heading.text for heading in document.headings if heading.span.contains(record.span))
    return _plain(next(inside, ""))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _at_home(document: DocumentFacts, record: Record, span: Span) -> bool:
    if document.path != record.path:
        return False
    return record.home is Home.FILE or document.lines.line(span.start) == document.lines.line(record.span.start)


def _by_line(document: DocumentFacts, ones: Iterable[_One]) -> Iterator[Spoken]:
    """Give one entry a line: all that it says, from its first place on."""
    lines: dict[int, list[_One]] = {}
    for one in sorted(ones, key=lambda one: one.span):
        lines.setdefault(document.lines.line(one.span.start), []).append(one)
    for line, said in sorted(lines.items()):
        says = "; ".join(dict.fromkeys(one.says for one in said if one.says))
        as_of = next((one.as_of for one in said if one.as_of), "")
        yield Spoken(document.path, line, document.lines.position(said[0].span.start).column, says, as_of)
