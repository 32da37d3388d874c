"""Which keys a configuration file may hold, and of which types: the trust boundary, with its JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from docsync.models.diagnostics import Severity
from docsync.models.schema import FieldType
from docsync.models.status import Status

_MOST_BYTES: Final = 100_000_000
"""The configuration may come from a stranger, who cannot lift the limits altogether."""
_MOST_SECONDS: Final = 60.0


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=_kebab)


def _named(description: str, **keywords: Any) -> Any:  # noqa: ANN401 -- pydantic's own signature
    return Field(description=description, **keywords)


Word = Annotated[str, Field(min_length=1, max_length=100)]
StatusName = Annotated[Status, Field(strict=False)]
SeverityName = Annotated[Severity, Field(strict=False)]


class FieldTable(_Table):
    """A field of a kind, as `[kinds.NAME.fields.FIELD]` declares or extends it."""

    type: Annotated[FieldType, Field(strict=False)] = _named("The type of its value.", default=FieldType.TEXT)
    required: bool = _named("Whether a record without it is incomplete.", default=False)
    values: list[Word] = _named("The words of an enumeration.", default=[])
    target: Word | None = _named("The kind that a reference names; any kind where it is left out.", default=None)
    inverse: Word | None = _named("The field on the other side that must name this record.", default=None)
    role: Literal["needs", "holds", "part-of"] | None = _named(
        "What a reference means: the record needs the other one first, holds it up, or is part of it.", default=None
    )
    aliases: list[Word] = _named("Other names that documents give it.", default=[])
    doc: str = _named("What it holds, in a sentence.", default="")


class KindTable(_Table):
    """A kind of record, as `[kinds.NAME]` declares or extends it."""

    id: Word | None = _named("A regular expression for the whole id; a new kind needs one.", default=None)
    plural: Word | None = _named("The word for several of them.", default=None)
    nouns: list[Word] | None = _named("The words by which text counts them.", default=None)
    doc: str | None = _named("What it is, in a sentence.", default=None)
    fields: dict[Word, FieldTable] = _named("Its fields beyond those that every kind has.", default={})


class StatusTable(_Table):
    """The project's own words and signs for statuses."""

    words: dict[Word, StatusName] = _named("Words, each with the status it stands for.", default={})
    emoji: dict[Word, StatusName] = _named("Signs, each with the status it stands for.", default={})


class HomeTable(_Table):
    """Documents that are homes of records, as `[[homes]]` declares them."""

    path: Word = _named("A pattern, as in .gitignore, for the documents.")
    kind: Word = _named("The kind of their records.")
    form: Literal["file", "sections", "rows", "items"] | None = _named(
        "Whether a whole file, a section, a table row or a list item is a record; sections and rows where it is left out.",
        default=None,
    )


class RulesTable(_Table):
    """Which rules report, and how severely."""

    select: list[Word] = _named("Codes, beginnings of codes or names of the rules that are on; empty for all.", default=[])
    ignore: list[Word] = _named("Codes, beginnings of codes or names of rules that are off.", default=[])
    severity: dict[Word, SeverityName] = _named("Severities by code or name of a rule.", default={})


class OverrideTable(_Table):
    """Rules for some documents alone, as `[[overrides]]` declares them; where several match, each adds to those before."""

    path: Word = _named("A pattern, as in .gitignore, for the documents.")
    ignore: list[Word] = _named("Codes, beginnings of codes or names of rules that are off there.", default=[])
    severity: dict[Word, SeverityName] = _named("Severities there by code or name of a rule.", default={})


class EvidenceTable(_Table):
    """The files that prove claims about tests; those that are left out are looked for where tools usually write them."""

    junit: list[Word] = _named("Patterns for JUnit reports, from the root: `*`, `?` and `**`.", default=[])
    coverage: list[Word] = _named("Patterns for coverage reports: Cobertura's XML or the JSON of coverage.py.", default=[])
    node_ids: list[Word] = _named("Patterns for lists of pytest's node ids, one a line or a JSON list.", default=[])
    sources: list[Word] = _named(
        "Patterns, as in .gitignore, for the files that reports speak of; a report older than one of them proves nothing.",
        default=[],
    )


class DocsyncTable(_Table):
    """docsync's configuration: the whole of docsync.toml, or the table tool.docsync of pyproject.toml."""

    include: list[Word] = _named("Patterns, as in .gitignore, for the documents.", default=["**/*.md", "**/*.markdown"])
    exclude: list[Word] = _named("Patterns for documents to leave out.", default=[])
    templates: str = _named("The folder of the project's own views, relative to the root.", default="")
    fail_on: SeverityName = _named("The severity from which on `check` fails.", default=Severity.WARNING)
    max_file_size: int = _named("In bytes; a larger document is refused.", default=2_000_000, ge=1, le=_MOST_BYTES)
    view_max_bytes: int = _named("In bytes; a view that gives more is stopped.", default=1_000_000, ge=1, le=_MOST_BYTES)
    view_timeout: float = _named(
        "In seconds; a view that takes longer is stopped.", default=5.0, gt=0, le=_MOST_SECONDS, allow_inf_nan=False
    )
    follow_links: bool = _named("Whether symbolic links below the root are followed.", default=False)
    homes: list[HomeTable] = _named("Documents that are homes of records.", default=[])
    kinds: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")], KindTable] = _named(
        "Kinds of records, new ones and built-in ones that are extended.", default={}
    )
    status: StatusTable = _named("Words and signs for statuses.", default=StatusTable())
    rules: RulesTable = _named("Which rules report.", default=RulesTable())
    overrides: list[OverrideTable] = _named("Rules for some documents alone.", default=[])
    evidence: EvidenceTable = _named("Reports that prove claims about tests.", default=EvidenceTable())


def config_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of docsync.toml."""
    schema = DocsyncTable.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "docsync configuration"}
