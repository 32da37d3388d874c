"""How the tests of homes read a document, and say what they found."""

from __future__ import annotations

from collections.abc import Mapping

from docsync.config.values import Config
from docsync.models.kinds.registry import builtin_specs
from docsync.models.records import Record
from docsync.models.schema import HomeRule
from docsync.models.status import EMOJI, WORDS
from docsync.parser.blocks import parse_blocks
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.records import Homes, read_records
from docsync.text.source import SourceFile, decode
from docsync.text.spans import Span


def config(*homes: HomeRule) -> Config:
    return Config(builtin_specs(), WORDS, EMOJI, homes)


class Reading:
    """Hold a document and the homes read from it."""

    def __init__(self, text: str, *homes: HomeRule, path: str = "plan.md", generated: tuple[str, ...] = ()) -> None:
        self.source: SourceFile = decode(path, text.encode())
        front_matter, _ = read_front_matter(self.source)
        blocks = parse_blocks(self.source, front_matter.span.end if front_matter else 0)
        spans = [Span(text.index(part), text.index(part) + len(part)) for part in generated]
        self.homes: Homes = read_records(self.source, blocks, front_matter, config(*homes), spans)

    @property
    def only(self) -> Record:
        """Give the one record there is."""
        (record,) = self.homes.records
        return record

    @property
    def by_id(self) -> Mapping[str, Record]:
        return {record.id: record for record in self.homes.records}

    @property
    def ids(self) -> list[str]:
        return [record.id for record in self.homes.records]

    @property
    def covered(self) -> list[str]:
        return [self.source.slice(span) for span in self.homes.covered]

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """Give each trouble's code and the text it marks."""
        return [(trouble.code, self.source.slice(trouble.span)) for trouble in self.homes.troubles]

    def written(self, record: Record) -> dict[str, str]:
        """Give the text that each field's span marks."""
        return {name: self.source.slice(field.span) for name, field in record.fields.items()}

    def problems(self, record: Record) -> list[tuple[str, str]]:
        """Give each problem's code and the text it marks."""
        return [(problem.code, self.source.slice(problem.span)) for problem in record.problems]


def section(kind: str, form: str = "") -> HomeRule:
    """Declare every file a home of a kind."""
    return HomeRule("**", kind, form)
