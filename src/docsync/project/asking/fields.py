"""What a record has under the name of a field: one of its own, or one that follows from its place among the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from docsync.models.nearness import meant
from docsync.models.records import Json, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec, field_key
from docsync.project.asking.kinds import Unanswerable
from docsync.project.asking.links import divided, links
from docsync.project.asking.rollups import roll_up
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.project.progress import of_criteria

REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)
_GIVING_WAY: Final = frozenset({"place", "progress", "ready", "open", "settled", "broken"})
"""What a project's own kind may well have a field for, which then says more than ours."""
_SPELLINGS: Final[Mapping[str, str]] = {"file": "path", "where": "place", "location": "place", "name": "title"}


class Fields:
    """Give values of the records of some kinds, of all where none is named; a spelling is read as documents are."""

    def __init__(self, project: Project, kinds: Iterable[str] = ()) -> None:
        self.project = project
        self.kinds = tuple(kinds)
        self._web = links(project)
        self.records = tuple(record for record in project.records if not self.kinds or record.kind in self.kinds)

    @cached_property
    def specs(self) -> tuple[KindSpec, ...]:
        """Give the kinds in question."""
        present = self.kinds or tuple(self.project.by_kind)
        return tuple(spec for name, spec in self.project.config.kinds.items() if name in present)

    def named(self, text: str) -> str:
        """Give the field that a spelling means; raises Unanswerable with the near miss."""
        key = field_key(text)
        key = _SPELLINGS.get(key, key)
        if key in DERIVED:
            return key
        for spec in self.specs:
            if key in spec.aliases:
                return spec.aliases[key]
        if any(key in record.values or key in record.fields for record in self.records):
            return key
        among = " or ".join(self.kinds) or "any record"
        raise Unanswerable(f"there is no field {text.strip()} of {among}; {meant(key, self.known())}")

    def known(self) -> tuple[str, ...]:
        """Give the names of all fields that a record in question may have."""
        own = (name for spec in self.specs for name in spec.fields)
        others = (name for record in self.records for name in record.values)
        return tuple(dict.fromkeys((*DERIVED, *own, *others)))

    def spec(self, record: Record, name: str) -> FieldSpec | None:
        """Give how a record's kind describes a field, None where it does not."""
        kind = self.project.config.kinds.get(record.kind)
        return kind.fields.get(name) if kind else None

    def of(self, record: Record, name: str) -> Json:
        """Give a record's value; None where there is none. What is broken is given as it is written."""
        if name in DERIVED and not (name in _GIVING_WAY and name in record.values):
            return DERIVED[name](self, record)
        value = record.values.get(name)
        if value is None and (written := record.fields.get(name)):
            return written.text
        return value

    def phase(self, record: Record) -> Record | None:
        """Give the phase that a record belongs to."""
        return phase_of(self.project, record)

    def target(self, record: Record, name: str) -> Record | None:
        """Give the one record that a field names, None where it names none or several."""
        if name == "phase" and record.kind != "phase":
            return self.phase(record)
        field = self.spec(record, name)
        texts = record.texts(name)
        if field is None or field.type not in REFERENCES or len(texts) != 1:
            return None
        return resolve(self.project, texts[0], field.target, beside=record.path)

    def ids(self, places: Iterable[int]) -> list[Json]:
        """Give what names the records at some places."""
        return [pointer(self.project, self._web.records[place]) for place in places]

    @cached_property
    def _divided(self) -> frozenset[int]:
        return divided(self.project)

    def _progress(self, record: Record) -> Json:
        return roll_up(self.project, record).percent

    def _criteria(self, record: Record) -> Json:
        counted = of_criteria(record.criteria)
        return f"{counted.done}/{counted.total}" if counted.total else None

    def _blocked_by(self, record: Record) -> Json:
        at = self._web.of(record)
        return self.ids(self._web.needs[at]) + [one.text for one in self._web.lacks(at)]

    def _waits_for(self, record: Record) -> Json:
        at = self._web.of(record)
        return self.ids(self._web.waits_for(at)) + [one.text for one in self._web.lacks(at)]

    def _blocks(self, record: Record) -> Json:
        return self.ids(self._web.waiting[self._web.of(record)])

    def _holds_up(self, record: Record) -> Json:
        return self.ids(self._web.held_up(self._web.of(record)))

    def _ready(self, record: Record) -> bool:
        at = self._web.of(record)
        return self._web.open(at) and self._web.is_work(at) and at not in self._divided and self._web.is_free(at)

    def _phase(self, record: Record) -> Json:
        found = self.phase(record) if record.kind != "phase" else None
        return pointer(self.project, found) if found else phase_text(record) or None

    def _place(self, record: Record) -> str:
        position = self.project.documents[record.path].lines.position(record.span.start)
        return f"{record.path}:{position.line}:{position.column}"


DERIVED: Final[Mapping[str, Callable[[Fields, Record], Json]]] = {
    "id": lambda _, record: record.id,
    "title": lambda _, record: record.title,
    "status": lambda _, record: status_text(record),
    "kind": lambda _, record: record.kind,
    "phase": Fields._phase,  # noqa: SLF001  # the table of this very class
    "path": lambda _, record: record.path,
    "place": Fields._place,  # noqa: SLF001
    "pointer": lambda fields, record: pointer(fields.project, record),
    "progress": Fields._progress,  # noqa: SLF001
    "criteria": Fields._criteria,  # noqa: SLF001
    "blocked_by": Fields._blocked_by,  # noqa: SLF001
    "blocks": Fields._blocks,  # noqa: SLF001
    "waits_for": Fields._waits_for,  # noqa: SLF001
    "holds_up": Fields._holds_up,  # noqa: SLF001
    "ready": Fields._ready,  # noqa: SLF001
    "open": lambda _, record: record.status is not None and record.status.is_open,
    "settled": lambda _, record: record.status is not None and record.status.is_settled,
    "broken": lambda _, record: record.broken,
}
"""What every record has beside the fields of its kind; what waits for what is read from either side's fields."""


def phase_of(project: Project, record: Record) -> Record | None:
    """Give the phase that a record belongs to, the nearest where it is in several, itself where it is one."""
    if record.kind == "phase":
        return record
    web = links(project)
    return next((web.records[owner] for owner in web.owners(web.of(record)) if web.records[owner].kind == "phase"), None)


def phase_text(record: Record) -> str:
    """Give what a record says of its phase in a field of that name or one such as `target_phase`, empty for nothing."""
    return record.text("phase") or next((record.text(name) for name in record.values if name.endswith("_phase")), "")


def status_text(record: Record) -> str | None:
    """Give a record's status, or what stands in its place where that is no status."""
    if record.status is not None:
        return record.status.value
    written = record.fields.get("status")
    return written.text if written else record.text("status") or None
