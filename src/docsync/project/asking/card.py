"""All there is to know about one record."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from docsync.models.records import Criterion, Json, Record
from docsync.project.asking.fields import phase_of
from docsync.project.asking.links import Missing, critical, divided, links
from docsync.project.asking.mentions import Spoken, spoken_of
from docsync.project.asking.proofs import Proof, proofs
from docsync.project.asking.rollups import roll_up
from docsync.project.index import Project
from docsync.project.progress import Progress


class Card(Struct, frozen=True):
    """Hold a record with everything around it.

    `values` are its fields in the order of its kind, as validated or, where that failed, as written. `needs` and `waiting`
    are read from either side's fields; `missing` is what those name and no record answers to. `problem_lines` are the lines
    of its problems, in their order.
    """

    record: Record
    phase: Record | None
    values: Mapping[str, Json]
    needs: tuple[Record, ...]
    waiting: tuple[Record, ...]
    missing: tuple[Missing, ...]
    wholes: tuple[Record, ...]
    parts: tuple[Record, ...]
    progress: Progress
    criteria: Mapping[str, tuple[Criterion, ...]]
    proofs: tuple[Proof, ...]
    spoken: tuple[Spoken, ...]
    ready: bool
    critical: bool
    namesakes: tuple[Record, ...]


def card_of(project: Project, record: Record) -> Card:
    """Gather all there is to know about a record."""
    web = links(project)
    place = web.of(record)
    free = web.is_work(place) and web.open(place) and web.is_free(place) and place not in divided(project)
    return Card(
        record,
        phase_of(project, record) if record.kind != "phase" else None,
        _values(project, record),
        web.all(web.needs[place]),
        web.all(web.waiting[place]),
        web.missing.get(place, ()),
        web.all(web.wholes[place]),
        web.all(web.parts[place]),
        roll_up(project, record),
        _by_category(record),
        proofs(project, record),
        spoken_of(project, record),
        free,
        place in critical(project),
        tuple(other for other in project.by_id[record.id] if other is not record),
    )


def _values(project: Project, record: Record) -> dict[str, Json]:
    spec = project.config.kinds.get(record.kind)
    names = dict.fromkeys((*(spec.fields if spec else ()), *record.values, *record.fields))
    values: dict[str, Json] = {}
    for name in names:
        value = record.values.get(name)
        if value is None and name in record.fields:
            value = record.fields[name].text
        if value not in (None, "", [], {}):
            values[name] = value
    return values


def _by_category(record: Record) -> dict[str, tuple[Criterion, ...]]:
    grouped: dict[str, list[Criterion]] = {}
    for criterion in record.criteria:
        grouped.setdefault(criterion.category, []).append(criterion)
    return {category: tuple(found) for category, found in grouped.items()}
