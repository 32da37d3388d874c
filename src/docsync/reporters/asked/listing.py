"""Records as a table, as few or as many columns as wanted, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docsync.models.records import Json, Record
from docsync.models.schema import Role
from docsync.project.asking.fields import Fields
from docsync.project.asking.kinds import noun_of
from docsync.reporters.asked.records import CHECKING, brief, encoded, table_of
from docsync.reporters.tabular import Look, drawn

_WORK: Final = ("id", "title", "status", "phase", "waits_for")
_OTHERS: Final = ("id", "title", "status", "phase")
_ANY: Final = ("id", "kind", "title", "status", "phase", "waits_for")
_OF_KIND: Final = {
    "phase": ("id", "title", "status", "gate", "progress"),
    "gate": ("id", "title", "status", "phase", "criteria"),
    "session": ("id", "date", "title", "resolved", "next"),
    "metric": ("id", "title", "current", "target", "unit"),
    "decision": ("id", "date", "title", "status"),
    "propagation": ("id", "date", "title", "from", "to"),
    "task": ("id", "title", "status", "phase", "estimate", "assignee", "waits_for"),
}


def columns_of(fields: Fields, wanted: Sequence[str]) -> tuple[str, ...]:
    """Give the columns to show: those wanted, else those that tell most about the kind and are not empty throughout."""
    if wanted:
        return tuple(fields.named(name) for name in wanted)
    if len(fields.kinds) != 1:
        return _ANY
    (kind,) = fields.kinds
    waits = any(spec.relations(Role.NEEDS) for spec in fields.specs)
    return _OF_KIND.get(kind, _WORK if waits else _OTHERS)


def as_text(fields: Fields, records: Sequence[Record], columns: Sequence[str], look: Look) -> str:
    """Give records as a table, and below it how many there are."""
    total = len(fields.records)
    noun = noun_of(fields.project, fields.kinds[0] if len(fields.kinds) == 1 else "", total)
    tally = f"{total:,} {noun}" if len(records) == total else f"{len(records):,} of {total:,} {noun}"
    broken = sum(record.broken for record in records)
    if broken:
        tally += f"; {broken} {'is' if broken == 1 else 'are'} broken: {CHECKING} says what is wrong"
    return drawn(table_of(fields, records, columns), look) + f"\n{tally}\n" if records else f"{tally}\n"


def as_json(fields: Fields, records: Sequence[Record], columns: Sequence[str]) -> str:
    """Give records as a JSON list of objects: in few words and with all their values, or just the columns wanted."""
    rows: list[Json] = [
        {name: fields.of(record, name) for name in columns} if columns else full(fields, record) for record in records
    ]
    return encoded(rows)


def full(fields: Fields, record: Record) -> dict[str, Json]:
    """Give a record for programs: in few words, what waits for what, how far it is, and the values of its own fields."""
    names = ("blocked_by", "blocks", "waits_for", "holds_up", "ready", "progress", "criteria", "broken")
    own = {name: value for name, value in record.values.items() if name not in ("id", "title", "status", "kind", "docsync")}
    return {**brief(fields.project, record), **{name: fields.of(record, name) for name in names}, "fields": own}
