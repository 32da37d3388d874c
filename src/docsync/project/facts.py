"""What the records say for a fact expression: a number, the total it is part of, and the records that were counted."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.records import Criterion, Record
from docsync.models.schema import FieldType, KindSpec, field_key
from docsync.models.status import word_key
from docsync.project.expressions import FactError, Term, near, parse
from docsync.project.index import Project
from docsync.project.progress import Progress, progress, settled
from docsync.project.selection import CRITERIA, Owned, kind_of, select, select_criteria

_AMOUNT = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?")
_NUMERIC = (FieldType.INTEGER, FieldType.NUMBER)


class Fact(Struct, frozen=True):
    """Hold what an expression comes to.

    `total` is set for a fraction alone. `counted` holds the records that make up `value`, in document order, `criteria`
    the criteria where those were counted.
    """

    value: Decimal
    total: Decimal | None = None
    counted: tuple[Record, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the ids of the records counted."""
        return tuple(record.id for record in self.counted)

    @property
    def percent(self) -> Decimal | None:
        """Give a fraction's exact percentage; None where there is no total, or nothing in it."""
        return 100 * self.value / self.total if self.total else None


def evaluate(project: Project, expression: str) -> Fact:
    """Work out a fact expression; raises FactError where it means nothing."""
    kept = _kept(project)
    if expression not in kept:
        kept[expression] = _evaluate(project, expression)
    return kept[expression]


@lru_cache(maxsize=1)
def _kept(_project: Project) -> dict[str, Fact]:
    """Keep what was worked out for a project, since hundreds of claims ask for the same few facts."""
    return {}


def _evaluate(project: Project, expression: str) -> Fact:
    parsed = parse(expression)
    fact = _measure(project, parsed.value)
    return replace(fact, total=_measure(project, parsed.total).value) if parsed.total else fact


def _measure(project: Project, term: Term) -> Fact:
    if term.plural == CRITERIA:
        return _of_criteria(term, select_criteria(project, term.filters))
    kind = kind_of(project, term.plural)
    records = select(project, kind, term.filters)
    name = field_key(term.measure)
    if name == "percent":
        return _share(term, Progress(sum(map(settled, records)), len(records)), records)
    if counted := _counted(project, name, records):
        return Fact(Decimal(len(counted[0])), counted=counted[0])
    return _of_one(project, kind, term, records)


def _counted(project: Project, name: str, records: tuple[Record, ...]) -> tuple[tuple[Record, ...]] | None:
    """Give the records that a counting measure counts, in a tuple of their own since there may be none."""
    if name == "total":
        return (records,)
    if name == "open":
        return (tuple(record for record in records if record.status is not None and record.status.is_open),)
    status = project.config.words.get(word_key(name))
    return None if status is None else (tuple(record for record in records if record.status is status),)


def _share(term: Term, share: Progress, records: tuple[Record, ...], criteria: tuple[Criterion, ...] = ()) -> Fact:
    if share.share is None:
        raise FactError(f"nothing passes the filters of `{term}`, so it has no percentage")
    return Fact(share.share, counted=records, criteria=criteria)


def _of_criteria(term: Term, owned: tuple[Owned, ...]) -> Fact:
    measures = ("total", "met", "open", "percent")
    name = field_key(term.measure)
    if name not in measures:
        known = ", ".join(f"`{measure}`" for measure in measures)
        raise FactError(f"expected one of {known} after `{CRITERIA}`, found `{term.measure}`{near(name, measures)}")
    held = [pair for pair in owned if name in ("total", "percent") or pair[1].met is (name == "met")]
    records = tuple({record.id: record for record, _ in held}.values())
    criteria = tuple(criterion for _, criterion in held)
    if name == "percent":
        return _share(term, Progress(sum(criterion.met for criterion in criteria), len(criteria)), records, criteria)
    return Fact(Decimal(len(criteria)), counted=records, criteria=criteria)


def _of_one(project: Project, kind: KindSpec, term: Term, records: tuple[Record, ...]) -> Fact:
    """Read a number that a single record has: a field of its own, or how far it has come."""
    name = field_key(term.measure)
    field = kind.aliases.get(name)
    if field is None and name != "progress":
        raise FactError(_unknown_measure(project, kind, term.measure))
    if len(records) != 1:
        example = f"`{kind.plural}[<id>].{term.measure}`"
        raise FactError(f"expected `{term}` to name one of the {kind.plural}, found {len(records)}; write {example}")
    if field is not None:
        return Fact(_amount(records[0], field), counted=records)
    return _share(term, progress(project, records[0]), records)


def _amount(record: Record, field: str) -> Decimal:
    found = _AMOUNT.search(record.text(field))
    if found is None:
        said = f"`{record.text(field)}`" if record.text(field) else "nothing"
        raise FactError(f"expected a number in `{field}` of {record.id}, found {said}")
    return Decimal(found[0].replace(",", "").replace("−", "-"))


def _unknown_measure(project: Project, kind: KindSpec, measure: str) -> str:
    numbers = [field.name for field in kind.fields.values() if field.type in _NUMERIC]
    plain = ("total", "open", "percent", "progress", *numbers)
    known = ", ".join(f"`{name}`" for name in plain)
    words = (*plain, *(word.replace(" ", "_") for word in project.config.words))
    return f"expected a status or one of {known} for {kind.plural}, found `{measure}`{near(field_key(measure), words)}"
