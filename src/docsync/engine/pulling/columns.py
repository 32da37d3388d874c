"""Which field of which record a cell of a region shows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from docsync.generator.catalogue import Catalogue, settle
from docsync.generator.choices import choose
from docsync.generator.dumps import DERIVED, Dumps
from docsync.generator.failures import ViewError
from docsync.generator.filters import cell
from docsync.generator.meaning import said
from docsync.generator.wording import alike, unmarked
from docsync.models.document import Region
from docsync.models.records import Record
from docsync.models.schema import field_key
from docsync.project.index import Project

_LINK: Final = re.compile(r"\[(?P<label>.*)\]\((?P<target>[^()\s]*)\)")
_KEYS: Final = ("id", "link")
_IDENTITY: Final = ("id", "title", *_KEYS)
OF_ITS_OWN: Final = frozenset(DERIVED) - {"title", "status"}
"""What a record has beside its fields: it follows from other things and cannot be set."""


class Columns(Struct, frozen=True, dict=True):
    """Tell of one region's columns which field each shows, and of its rows whose they are."""

    project: Project
    dumps: Dumps
    path: str
    region: Region
    named: Mapping[str, str]
    records: Sequence[Record]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Give the titles of the columns that name a row's record."""
        named = {title for title, name in self.named.items() if name in _KEYS}
        return frozenset(named or {"ID", "Id", "id", *self._words()})

    def candidates(self, title: str) -> tuple[str, ...]:
        """Give the fields that a title may stand for: the one that the region's attributes say, else what it is called."""
        if title in self.named:
            return (self.named[title],)
        key = field_key(title)
        specs = [self.project.config.kinds[kind] for kind in self.kinds if kind in self.project.config.kinds]
        found = [spec.aliases[key] for spec in specs if key in spec.aliases]
        if key in DERIVED:
            found.append(key)
        if key in {field_key(word) for word in self._words()}:
            found += ("id", "title")
        return tuple(dict.fromkeys(found))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Give the kinds of the records that the region's attributes choose."""
        return tuple(dict.fromkeys(record.kind for record in self.records))

    def owners(self, row: str) -> tuple[Record, ...]:
        """Give the records that a row's name may mean: by the file it links to, by id, or by title, of those chosen first."""
        if found := _LINK.fullmatch(row):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(found["target"])))
            linked = (record for record in self.project.records if record.path == path)
            return tuple(record for record in linked if said(record.id) == found["label"])
        if chosen := self._by_id.get(row, ()):
            return chosen
        others = tuple(record for record in self.project.records if self.shown(record, "id") == row)
        return others or tuple(record for record in self.records if self.shown(record, "title") == row)

    def shown(self, record: Record, name: str) -> str:
        """Give what a table shows of a record's field, whatever its form."""
        if name not in self.dumps.of(record) and name not in _IDENTITY:
            return unmarked(str(cell({}, name)))
        return unmarked(str(cell(self.dumps.of(record), name, {"id": self.region.id, "path": self.path})))

    def showing(self, record: Record, title: str, rendered: str) -> str:
        """Give the one field of a record that a rendered cell shows; empty where it shows something else."""
        return next((name for name in self.candidates(title) if name and self._shows(record, name, rendered)), "")

    def unit(self, record: Record, name: str, rendered: str) -> str:
        """Give the unit that a rendered cell has behind a field's figure, empty where it has none."""
        unit = record.text("unit")
        shown = self.shown(record, name)
        return f" {unit}" if unit and unmarked(rendered) == f"{shown} {unit}" else ""

    def _shows(self, record: Record, name: str, rendered: str) -> bool:
        shown = self.shown(record, name)
        return alike(rendered, shown, self.project.config) or bool(self.unit(record, name, rendered))

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Record, ...]]:
        found: dict[str, tuple[Record, ...]] = {}
        for record in self.records:
            name = self.shown(record, "id")
            found[name] = (*found.get(name, ()), record)
        return found

    def _words(self) -> Iterator[str]:
        """Give what people call the records that were chosen, as titles do."""
        for kind in self.kinds:
            spec = self.project.config.kinds.get(kind)
            for word in (kind, *(spec.nouns if spec else ())):
                yield word[:1].upper() + word[1:]


def columns_of(project: Project, dumps: Dumps, catalogue: Catalogue, path: str, region: Region) -> Columns:
    """Read a region's attributes; where they have no sense to a view, its titles alone tell what it shows."""
    try:
        choice = choose(dumps, settle(catalogue.find(region.view), region.attributes))
    except ViewError:
        return Columns(project, dumps, path, region, {}, project.records)
    return Columns(
        project, dumps, path, region, _named((column.title, column.name) for column in choice.columns), choice.records
    )


def _named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the field of each title, none for a title that stands above two fields."""
    found: dict[str, str] = {}
    for title, name in pairs:
        shown = said(title)
        found[shown] = name if found.get(shown, name) == name else ""
    return found
