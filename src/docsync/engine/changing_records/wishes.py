"""What is wished of each record, gathered until all of it is carried out together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from docsync.editing.planning import Amendment, edits_together
from docsync.engine.changing import Ground, Planned
from docsync.models.records import Json, Record
from docsync.project.index import Project


class Wanted(Struct):
    """Gather what one record is to hold."""

    record: Record
    values: dict[str, Json] = field(default_factory=dict)
    ticks: dict[int, bool] = field(default_factory=dict)
    remark: str = ""

    def now(self, name: str) -> Json:
        """Give a field as it is wished by now."""
        return self.values[name] if name in self.values else self.record.values.get(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list as it is wished by now."""
        value = self.now(name)
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        return () if value in (None, "") else (str(value),)


class Wishes:
    """Gather the wishes for all records; `notes` are what whoever asked should know."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[str, int, str], Wanted] = {}
        self.notes: list[str] = []

    def of(self, record: Record) -> Wanted:
        """Give what is wished of a record, to be added to."""
        return self._by_place.setdefault((record.path, record.span.start, record.id), Wanted(record))

    def all(self) -> tuple[Wanted, ...]:
        """Give what is wished, in the order in which it was."""
        return tuple(self._by_place.values())

    def planned(self, ground: Ground) -> Planned:
        """Give the edits that carry out all wishes; raises Uneditable where one cannot be."""
        by_path: dict[str, list[Amendment]] = {}
        for one in self.all():
            amendment = Amendment(one.record, one.values, one.ticks, one.remark)
            by_path.setdefault(one.record.path, []).append(amendment)
        edits = {
            path: edits_together(ground.source(path), amendments, ground.project.config, _others(ground.project, amendments))
            for path, amendments in by_path.items()
        }
        return Planned({path: found for path, found in edits.items() if found}, notes=tuple(self.notes))


def _others(project: Project, amendments: Iterable[Amendment]) -> tuple[Record, ...]:
    kinds: Mapping[str, None] = dict.fromkeys(one.record.kind for one in amendments)
    return tuple(record for kind in kinds for record in project.by_kind.get(kind, ()))
