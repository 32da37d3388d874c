"""Which records a region's attributes choose, in which order, under which groups, and with which columns.

`kind="hole"`, `where="phase=1,status!=resolved"`, `sort="phase,-id"`, `group="phase"`, `columns="id,title=Name,status"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

from docsync.generator.dumps import DERIVED, Dumps
from docsync.generator.escape import plain
from docsync.generator.failures import ViewError
from docsync.generator.natural import NOTHING, Key, natural
from docsync.models.nearness import meant
from docsync.models.records import Json, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec, field_key
from docsync.project.build import resolve
from docsync.project.expressions import FactError, Filter
from docsync.project.index import Project
from docsync.project.names import number_of
from docsync.project.selection import select

_CONDITION = re.compile(r"([^=!<>,]+)(!=|<=|>=|=|<|>)(.*)", re.DOTALL)
_TITLES: Final[Mapping[str, str]] = {"id": "ID", "link": "ID"}
_REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)
_OPERATORS: Final[Mapping[str, Callable[[Key, Key], bool]]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


class Column(Struct, frozen=True):
    """Show one field of each record under a title."""

    name: str
    title: str


class Choice(Struct, frozen=True):
    """Hold the records chosen, in order, and the same in groups, each with its title; one group without one by default."""

    records: tuple[Record, ...]
    groups: tuple[tuple[str, tuple[Record, ...]], ...]
    columns: tuple[Column, ...]


def choose(dumps: Dumps, attributes: Mapping[str, str]) -> Choice:
    """Choose what a region's attributes say; raises ViewError for one without sense, and where nothing is left."""
    chooser = _Chooser(dumps, _kinds(dumps.project, attributes.get("kind", "")))
    where = attributes.get("where", "")
    records = chooser.filtered(_split(where))
    if not records:
        among = " or ".join(chooser.kinds) or "record"
        raise ViewError(f"no {among} matches" + (f' where="{where}"' if where else "") + "; the region keeps its text")
    records = chooser.sorted(records, _split(attributes.get("sort", "")))
    groups = chooser.grouped(records, attributes.get("group", "").strip())
    return Choice(records, groups, tuple(chooser.column(one) for one in _split(attributes.get("columns", ""))))


def _kinds(project: Project, text: str) -> tuple[str, ...]:
    kinds = _split(text)
    for kind in kinds:
        if kind not in project.config.kinds and kind not in project.by_kind:
            raise ViewError(f"unknown kind {kind}; {meant(kind, project.config.kinds)}")
    return kinds


class _Chooser:
    """Hold what every attribute is read against: the kinds in question and their records."""

    def __init__(self, dumps: Dumps, kinds: tuple[str, ...]) -> None:
        self.dumps, self.kinds = dumps, kinds
        self.project = dumps.project
        self.records = tuple(record for record in self.project.records if not kinds or record.kind in kinds)
        self.specs: dict[str, KindSpec] = {
            name: spec
            for name, spec in self.project.config.kinds.items()
            if (name in kinds if kinds else name in self.project.by_kind)
        }

    def filtered(self, conditions: Iterable[str]) -> tuple[Record, ...]:
        kept = self.records
        for condition in conditions:
            found = _CONDITION.fullmatch(condition)
            if found is None:
                raise ViewError(f"expected field=value in where, found {condition}")
            name, sign, value = self.name(found[1], "where"), found[2], found[3].strip()
            if sign in _OPERATORS:
                kept = self._compared(kept, name, sign, value)
            else:
                passing = self._equal(name, [one.strip() for one in value.split("|")])
                if "|" in value:  # a title may hold one
                    passing |= {id(record) for record in self.records if self._says(record, name, value)}
                kept = tuple(record for record in kept if (id(record) in passing) is (sign == "="))
        return kept

    def sorted(self, records: tuple[Record, ...], keys: Iterable[str]) -> tuple[Record, ...]:
        ordered = list(records)
        for key in reversed(tuple(keys)):
            name = self.name(key.removeprefix("-"), "sort")
            ordered.sort(key=lambda record: self._key(record, name), reverse=key.startswith("-"))
            ordered.sort(key=lambda record: self._key(record, name)[0] == NOTHING)
        return tuple(ordered)

    def grouped(self, records: tuple[Record, ...], field: str) -> tuple[tuple[str, tuple[Record, ...]], ...]:
        if not field:
            return (("", records),)
        name = self.name(field, "group")
        groups: dict[str, list[Record]] = {}
        for record in sorted(records, key=lambda record: self._key(record, name)):
            groups.setdefault(self._group_title(record, name), []).append(record)
        order = {id(record): number for number, record in enumerate(records)}
        return tuple((title, tuple(sorted(group, key=lambda record: order[id(record)]))) for title, group in groups.items())

    def column(self, text: str) -> Column:
        field, _, title = text.partition("=")
        name = self.name(field, "columns")
        shown = name.replace("_", " ")
        return Column(name, title.strip() or _TITLES.get(name, shown[:1].upper() + shown[1:]))

    def name(self, text: str, attribute: str) -> str:
        """Find the field that a spelling means: a derived one, one of the kinds', or one that some record has."""
        key = field_key(text)
        if key in DERIVED:
            return key
        for spec in self.specs.values():
            if key in spec.aliases:
                return spec.aliases[key]
        if any(key in record.values for record in self.records):
            return key
        known = (*DERIVED, *dict.fromkeys(name for spec in self.specs.values() for name in spec.fields))
        among = " or ".join(self.kinds) or "any record"
        raise ViewError(f"unknown field {text.strip()} of {among} in {attribute}; {meant(key, known)}")

    def _equal(self, name: str, wanted: list[str]) -> set[int]:
        return {id(record) for value in wanted for record in self._matching(name, value)}

    def _matching(self, name: str, value: str) -> Iterable[Record]:
        """Give the records whose field has a value, read as a fact's filters are, but for what only views know."""
        if name in DERIVED and name not in ("title", "status"):
            return [record for record in self.records if self._says(record, name, value)]
        if not value:
            return [record for record in self.records if not record.texts(name)]
        chosen = [record for kind, spec in self.specs.items() for record in self._selected(kind, spec, name, value)]
        return chosen + [record for record in self.records if record.kind not in self.specs and self._says(record, name, value)]

    def _selected(self, kind: str, spec: KindSpec, name: str, value: str) -> Iterable[Record]:
        present = self.project.by_kind.get(kind, ())
        if name not in spec.fields and not any(name in record.values for record in present):
            return ()
        try:
            return select(self.project, spec, (Filter(name, value),))
        except FactError as error:
            raise ViewError(f"where: {error}") from error

    def _says(self, record: Record, name: str, value: str) -> bool:
        shown = self.dumps.of(record).get(name, record.id)
        texts = [plain(one) for one in shown] if isinstance(shown, list) else [plain(_figure(shown))]
        return value.casefold() in (text.casefold() for text in texts or [""])

    def _compared(self, records: Iterable[Record], name: str, sign: str, value: str) -> tuple[Record, ...]:
        try:
            bound = natural(float(value))
        except ValueError:
            bound = natural(value)
        compare = _OPERATORS[sign]
        keys = ((record, self._key(record, name)) for record in records)
        return tuple(record for record, key in keys if key[0] == bound[0] and compare(key, bound))

    def _key(self, record: Record, name: str) -> Key:
        value = self._value(record, name)
        if isinstance(value, str) and (target := self._target(record, name)):
            return natural(number_of(target) or target.id)
        return natural(value, status=name == "status")

    def _value(self, record: Record, name: str) -> Json:
        return self.dumps.of(record).get("id" if name == "link" else name)

    def _field(self, record: Record, name: str) -> FieldSpec | None:
        spec = self.project.config.kinds.get(record.kind)
        return spec.fields.get(name) if spec and name not in DERIVED else None

    def _target(self, record: Record, name: str) -> Record | None:
        """Give the record that a field of one reference names."""
        field = self._field(record, name)
        if field is None or field.type not in _REFERENCES or len(record.texts(name)) != 1:
            return None
        return resolve(self.project, record.text(name), field.target, beside=record.path)

    def _group_title(self, record: Record, name: str) -> str:
        if target := self._target(record, name):
            return f"{target.id}: {target.title}" if target.title and target.title != target.id else target.id
        value = self.dumps.of(record).get("status_text" if name == "status" else name)
        shown = plain(_figure(value))
        return shown or f"No {name.replace('_', ' ')}"


def _figure(value: Json) -> Json:
    """Give progress as its percentage, so that it can be compared and shown as one value."""
    return value.get("percent") if isinstance(value, dict) else value


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
