"""Which tables hold what documents state outside the homes of records, and the documents themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from docsync.database.homes import Standing
from docsync.database.tables import Column, Table, Type, as_json, number
from docsync.models.claims import DateStamp, Form, Mention, Quantity, Scope
from docsync.models.document import DocumentFacts
from docsync.models.records import Json
from docsync.models.standings import Standing as Stated
from docsync.project.build import resolve
from docsync.text.spans import Span

_Said = TypeVar("_Said", bound="_Placed")


class _Placed(Struct, frozen=True):
    document: DocumentFacts
    span: Span
    scope: Scope


class _Mentioned(_Placed, frozen=True):
    mention: Mention


class _Claim(_Placed, frozen=True):
    type: str
    text: str
    form: Form | None = None
    count: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None
    date: str = ""
    status: str = ""
    noun: str = ""
    state: str = ""
    subject: str = ""
    key: str = ""
    binding: str = ""
    entities: tuple[str, ...] = field(default=())


class _Columns(Generic[_Said]):
    """Give the columns that tell when and where something is stated."""

    def when(self) -> tuple[Column[_Said], ...]:
        return (
            Column("living", Type.BOOLEAN, "Whether it speaks of now.", lambda said: said.scope.living),
            Column(
                "as_of",
                Type.TEXT,
                "The moment that it speaks of, where that is not now.",
                lambda said: said.scope.as_of or None,
            ),
        )

    def where(self) -> tuple[Column[_Said], ...]:
        return (
            Column(
                "headings", Type.JSON, "The headings above it, outermost first.", lambda said: as_json([*said.scope.headings])
            ),
            Column("path", Type.TEXT, "Its file.", lambda said: said.document.path),
            Column("line", Type.INTEGER, "Its line.", lambda said: said.document.lines.line(said.span.start)),
            Column("column", Type.INTEGER, "Its column.", lambda said: said.document.lines.position(said.span.start).column),
        )


def mentions(standing: Standing) -> Table:
    """Give the table of mentions."""
    shared = _Columns[_Mentioned]()
    columns: tuple[Column[_Mentioned], ...] = (
        Column("entity", Type.TEXT, "What is mentioned, as written or as `phase 2`.", lambda said: said.mention.entity),
        Column("record", Type.TEXT, "The id of the record that it means; nothing where none answers.", _meant(standing)),
        Column(
            "field",
            Type.TEXT,
            "The field that is stated; `gist` for the words after a name; nothing where it is merely named.",
            lambda said: said.mention.name or None,
        ),
        Column("text", Type.TEXT, "What is said.", lambda said: said.mention.raw or None),
        Column(
            "status",
            Type.TEXT,
            "The status that is understood, where one is stated.",
            lambda said: said.mention.status.value if said.mention.status else None,
        ),
        Column("form", Type.TEXT, "Where it stands: heading, table row, list item, key-value, front matter or text.", _form),
        Column("targets", Type.JSON, "The entities that the value names.", lambda said: as_json([*said.mention.targets])),
        *shared.when(),
        *shared.where(),
    )
    doc = "Where documents name records, or state their fields, outside the homes of these."
    return Table("mentions", doc, columns, lambda: _mentions(standing))


def claims(standing: Standing) -> Table:
    """Give the table of claims: quantities, percentages, dates and statuses with a share."""
    shared = _Columns[_Claim]()
    columns: tuple[Column[_Claim], ...] = (
        Column("type", Type.TEXT, "quantity, percentage, date or standing.", lambda claim: claim.type),
        Column("text", Type.TEXT, "The line or cell as written; of a date, its ISO text.", lambda claim: claim.text),
        Column("subject", Type.TEXT, "What it is about, as far as the text says: an entity, a name or a key.", _subject),
        Column("count", Type.NUMBER, "How many.", lambda claim: number(claim.count)),
        Column("total", Type.NUMBER, "Of how many.", lambda claim: number(claim.total)),
        Column("percent", Type.NUMBER, "The percentage.", lambda claim: number(claim.percent)),
        Column("date", Type.DATE, "The date.", lambda claim: claim.date or None),
        Column("status", Type.TEXT, "The status, of a standing.", lambda claim: claim.status or None),
        Column("noun", Type.TEXT, "The counted thing, in small letters.", lambda claim: claim.noun or None),
        Column("state", Type.TEXT, "The status word beside the number.", lambda claim: claim.state or None),
        Column("key", Type.TEXT, "The key or column header that it stands under.", lambda claim: claim.key or None),
        Column(
            "entities", Type.JSON, "The ids and names in its own line, nearest first.", lambda claim: as_json([*claim.entities])
        ),
        Column("binding", Type.TEXT, "The fact expression of its claim comment.", lambda claim: claim.binding or None),
        Column("form", Type.TEXT, "Where it stands, as in mentions.", lambda claim: claim.form.value if claim.form else None),
        *shared.when(),
        *shared.where(),
    )
    doc = "Numbers, percentages, dates and shares of work that documents state."
    return Table("claims", doc, columns, lambda: _claims(standing))


def documents(standing: Standing) -> Table:
    """Give the table of documents."""
    columns: tuple[Column[DocumentFacts], ...] = (
        Column("path", Type.TEXT, "The file.", lambda document: document.path),
        Column("title", Type.TEXT, "Its first heading.", lambda document: document.title or None),
        Column("lines", Type.INTEGER, "How many lines it has.", _lines),
        Column(
            "moment",
            Type.TEXT,
            "The moment that all of it speaks of; nothing for a living one.",
            lambda document: document.moment or None,
        ),
        Column("records", Type.INTEGER, "How many records have their home in it.", lambda document: len(document.records)),
        Column("mentions", Type.INTEGER, "How many mentions it has.", lambda document: len(document.mentions)),
        Column("quantities", Type.INTEGER, "How many numbers it states.", lambda document: len(document.quantities)),
        Column("regions", Type.INTEGER, "How many generated regions it has.", lambda document: len(document.regions)),
        Column(
            "headings", Type.JSON, "Its headings, in order.", lambda document: as_json([one.text for one in document.headings])
        ),
        Column("front_matter", Type.JSON, "Its front matter.", lambda document: as_json(_front_matter(document))),
        Column("refused", Type.BOOLEAN, "Whether it could not be read.", lambda document: document.refused),
    )
    return Table("documents", "The documents of the project.", columns, standing.project.documents.values)


def _meant(standing: Standing) -> Any:  # noqa: ANN401  # a reader of a column
    def meant(said: _Mentioned) -> str | None:
        found = resolve(standing.project, said.mention.entity, beside=said.document.path)
        return found.id if found else None

    return meant


def _form(said: _Mentioned) -> str:
    return said.mention.form.value


def _subject(claim: _Claim) -> str | None:
    return claim.subject or next(iter(claim.entities), "") or claim.noun or claim.key or None


def _lines(document: DocumentFacts) -> int:
    """Count lines as editors do: what follows the last line end is one only if there is anything."""
    lines = document.lines
    return lines.count - (lines.starts[-1] == lines.length)


def _front_matter(document: DocumentFacts) -> dict[str, Json]:
    return {key: entry.value for key, entry in document.front_matter.entries.items()} if document.front_matter else {}


def _mentions(standing: Standing) -> Iterator[_Mentioned]:
    for document in standing.project.documents.values():
        for mention in document.mentions:
            yield _Mentioned(document, mention.span, mention.scope, mention)


def _claims(standing: Standing) -> Iterator[_Claim]:
    """Give the claims of each document in the order of its text."""
    for document in standing.project.documents.values():
        found = [
            *(_quantity(document, one) for one in document.quantities),
            *(_date(document, one) for one in document.dates),
            *(_standing(document, one) for one in document.standings),
        ]
        yield from sorted(found, key=lambda claim: claim.span)


def _quantity(document: DocumentFacts, quantity: Quantity) -> _Claim:
    count, total, percent = (one.value if one else None for one in (quantity.count, quantity.total, quantity.percent))
    return _Claim(
        document,
        quantity.span,
        quantity.scope,
        "percentage" if quantity.count is None and quantity.percent is not None else "quantity",
        quantity.text,
        quantity.form,
        count,
        total,
        percent,
        noun=quantity.noun,
        state=quantity.state,
        key=quantity.key,
        binding=quantity.binding,
        entities=quantity.entities,
    )


def _date(document: DocumentFacts, stamp: DateStamp) -> _Claim:
    return _Claim(document, stamp.span, stamp.scope, "date", stamp.iso, stamp.form, date=stamp.iso, key=stamp.key)


def _standing(document: DocumentFacts, stated: Stated) -> _Claim:
    return _Claim(
        document,
        stated.span,
        stated.scope,
        "standing",
        stated.raw,
        percent=stated.share,
        status=stated.status.value,
        subject=stated.name,
    )
