"""Which edits give a record the values that are wished for, in whatever form its home has, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, TypeAlias

from docsync.config.values import Config
from docsync.editing import leads, rows, scalars
from docsync.editing.bodies import in_body, line
from docsync.editing.criteria import ticked
from docsync.editing.errors import Uneditable
from docsync.editing.files import in_front_matter
from docsync.editing.proof import Version, Wish, prove_change
from docsync.editing.site import Site, position_of, read, site_of, touches_region
from docsync.models.records import Home, Json, Record
from docsync.models.schema import FieldType
from docsync.models.status import Status
from docsync.text.composing import compose
from docsync.text.edits import Edit, Overlap, apply
from docsync.text.source import SourceFile, line_index

_NOTHING: Final[tuple[Json, ...]] = (None, "", [], {})
_Step: TypeAlias = "tuple[int, Callable[[Site], tuple[Edit, ...]]]"
"""A record's position in its document, and what is to be done there."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Wish for a record's fields to hold other values, and for criteria to be met or not, by their position.

    `values` are as a record holds them: canonical, None to take a field out. `remark` goes in brackets behind the status.
    """

    record: Record
    values: Mapping[str, Json] = field(default_factory=dict)
    ticks: Mapping[int, bool] = field(default_factory=dict)
    remark: str = ""


def edits_for(
    source: SourceFile, record: Record, config: Config, changes: Mapping[str, Json], others: Iterable[Record] = ()
) -> tuple[Edit, ...]:
    """Give the edits of a record's document that set its fields; empty where they are set already.

    `changes` are values as the record holds them, None to take a field out. `others` are further records, to learn from how
    they are written. The document is read again with the edits: raises Uneditable unless the record then holds just these
    values, and all else in the text is what it was.
    """
    return edits_together(source, (Amendment(record, changes),), config, others)


def edits_together(
    source: SourceFile, amendments: Sequence[Amendment], config: Config, others: Iterable[Record] = ()
) -> tuple[Edit, ...]:
    """Give the edits of one document that carry out several amendments of its records; raises Uneditable as `edits_for`."""
    facts = read(source, config)
    wished = [(position_of(facts, one.record), one) for one in amendments]
    models = tuple(others)
    steps = [(position, step) for position, one in wished for step in _steps(one)]
    before = Version(source, facts)
    edits, after = _at_once(before, steps, config, models) or _one_by_one(before, steps, config, models)
    if edits:
        if region := touches_region(facts, [edit.span for edit in edits]):
            raise Uneditable(
                f"{source.path}: the change would lie in the generated region {region}; change what it is made from"
            )
        prove_change(before, edits, after, _wishes(wished), config.kinds)
    return edits


def _wishes(wished: Iterable[tuple[int, Amendment]]) -> dict[int, Wish]:
    found: dict[int, Wish] = {}
    for position, one in wished:
        known = found.get(position, Wish())
        found[position] = Wish({**known.values, **one.values}, {**known.ticks, **one.ticks})
    return found


def _at_once(
    before: Version, steps: Sequence[_Step], config: Config, others: tuple[Record, ...]
) -> tuple[tuple[Edit, ...], Version] | None:
    """Make all edits from one reading; None where they touch each other, and each needs a reading of its own."""
    edits = [edit for step in steps for edit in _edits(before, step, config, others)]
    try:
        text = apply(before.source.text, edits)
    except Overlap:
        return None
    return tuple(edits), _reread(before.source, text, config) if edits else before


def _one_by_one(
    before: Version, steps: Sequence[_Step], config: Config, others: tuple[Record, ...]
) -> tuple[tuple[Edit, ...], Version]:
    edits: tuple[Edit, ...] = ()
    now = before
    for step in steps:
        more = tuple(_edits(now, step, config, others))
        if more:
            edits = compose(edits, more, len(before.source.text))
            now = _reread(before.source, apply(now.source.text, more), config)
    return edits, now


def _edits(version: Version, step: _Step, config: Config, others: tuple[Record, ...]) -> Iterator[Edit]:
    position, edits = step
    text = version.source.text
    if position >= len(version.facts.records):
        raise Uneditable(f"{version.source.path}: the change would make other records of the text; change it by hand")
    found = edits(site_of(version.source, version.facts, position, config, others))
    yield from (edit for edit in found if text[edit.span.start : edit.span.end] != edit.text)


def _reread(source: SourceFile, text: str, config: Config) -> Version:
    changed = replace(source, text=text, lines=line_index(text))
    return Version(changed, read(changed, config))


def _steps(one: Amendment) -> Iterator[Callable[[Site], tuple[Edit, ...]]]:
    for name, value in one.values.items():
        yield partial(_field_edits, name, value, one.remark if name == "status" else "")
    for index, met in one.ticks.items():
        yield partial(_tick_edits, index, met)


def _tick_edits(index: int, met: bool, site: Site) -> tuple[Edit, ...]:  # noqa: FBT001  # bound by its place
    return ticked(site, index, met=met)


def _field_edits(name: str, value: Json, remark: str, site: Site) -> tuple[Edit, ...]:
    """Set one field in whatever form the home has."""
    spec = site.field(name)
    present = site.record.values.get(name)
    if not remark and (present == value or (present in _NOTHING and value in _NOTHING)):
        return ()
    if spec.type is FieldType.STATUS and value is not None:
        return _status_edits(site, Status(str(value)), remark)
    if site.in_front_matter:
        return in_front_matter(site, spec, value)
    if site.record.home is Home.ROW:
        text = scalars.nothing(site, name) if value is None else line(site, spec, value)
        return (rows.in_cell(site, rows.place_of(site, name), text),)
    if name == "title" and value is not None and site.written(name) is None:
        return leads.retitled(site, str(value))
    return in_body(site, spec, value)


def _status_edits(site: Site, wanted: Status, remark: str) -> tuple[Edit, ...]:
    if site.record.home is not Home.ROW and not site.in_front_matter:
        return leads.status_in_body(site, wanted, remark)
    spec = site.field("status")
    text = line(site, spec, wanted.value, remark)
    if site.in_front_matter:
        return in_front_matter(site, spec, text)
    beside = leads.in_row(site, wanted)
    if beside and not remark and not rows.has_column(site, "status"):
        return beside
    return (*beside, rows.in_cell(site, rows.place_of(site, "status"), text))
