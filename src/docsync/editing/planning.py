"""Which edits give a record the values that are wished for, in whatever form its home has, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.editing import leads, rows, scalars
from docsync.editing.bodies import in_body, line
from docsync.editing.criteria import ticked
from docsync.editing.errors import Uneditable
from docsync.editing.files import in_front_matter
from docsync.editing.proof import Version, Wish, prove_change
from docsync.editing.site import Site, position_of, read, touches_region
from docsync.models.records import Home, Json, Record
from docsync.models.schema import FieldType
from docsync.models.status import Status
from docsync.text.composing import compose
from docsync.text.edits import Edit, Overlap, apply
from docsync.text.source import SourceFile, line_index

_NOTHING: Final[tuple[Json, ...]] = (None, "", [], {})
_MOST_WAYS: Final = 12


class _Step(Struct, frozen=True):
    """Say what is to be done at the record of some position in its document, and what the record then is to hold."""

    position: int
    edits: Callable[[Site], tuple[Edit, ...]]
    wish: Wish


class _Task(Struct, frozen=True):
    """Hold what all steps of a change have in common."""

    source: SourceFile
    config: Config
    others: tuple[Record, ...]


class Amendment(Struct, frozen=True):
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
    steps = [step for one in amendments for step in _steps(position_of(facts, one.record), one)]
    task = _Task(source, config, tuple(others))
    before = Version(source, facts)
    try:
        edits, after = _at_once(before, steps, task)
    except (Overlap, Uneditable):
        edits, after = _one_by_one(before, steps, task)
    if edits and (region := touches_region(facts, [edit.span for edit in edits])):
        raise Uneditable(f"{source.path}: the change would lie in the generated region {region}; change what it is made from")
    prove_change(before, edits, after, _wishes(steps), config.kinds)
    return edits


def _wishes(steps: Iterable[_Step]) -> dict[int, Wish]:
    found: dict[int, Wish] = {}
    for step in steps:
        known = found.get(step.position, Wish())
        found[step.position] = Wish({**known.values, **step.wish.values}, {**known.ticks, **step.wish.ticks})
    return found


def _at_once(before: Version, steps: Sequence[_Step], task: _Task) -> tuple[tuple[Edit, ...], Version]:
    """Make all edits from one reading; raises Overlap or Uneditable where each needs a reading of its own."""
    edits = tuple(edit for step in steps for edit in _edits(before, step, task, 0))
    after = _reread(task, apply(before.source.text, edits)) if edits else before
    prove_change(before, edits, after, _wishes(steps), task.config.kinds)
    return edits, after


def _one_by_one(before: Version, steps: Sequence[_Step], task: _Task) -> tuple[tuple[Edit, ...], Version]:
    edits: tuple[Edit, ...] = ()
    now = before
    for step in steps:
        more, now = _carried_out(now, step, task)
        edits = compose(edits, more, len(before.source.text))
    return edits, now


def _carried_out(now: Version, step: _Step, task: _Task) -> tuple[tuple[Edit, ...], Version]:
    """Carry out one step in the first of its ways that does what is wished and nothing else."""
    tried: list[tuple[Edit, ...]] = []
    fault: Uneditable | None = None
    while True:
        edits = _edits(now, step, task, len(tried))
        if fault and (edits in tried or len(tried) == _MOST_WAYS):
            raise fault
        try:
            after = _reread(task, apply(now.source.text, edits)) if edits else now
            prove_change(now, edits, after, _wishes([step]), task.config.kinds)
        except Uneditable as error:
            fault = fault or error
            tried.append(edits)
        else:
            return edits, after


def _edits(version: Version, step: _Step, task: _Task, way: int) -> tuple[Edit, ...]:
    text, records = version.source.text, version.facts.records
    site = Site(version.source, version.facts, records[step.position], task.config, task.others, way)
    return tuple(edit for edit in step.edits(site) if text[edit.span.start : edit.span.end] != edit.text)


def _reread(task: _Task, text: str) -> Version:
    changed = replace(task.source, text=text, lines=line_index(text))
    return Version(changed, read(changed, task.config))


def _steps(position: int, one: Amendment) -> Iterator[_Step]:
    for name, value in one.values.items():
        remark = one.remark if name == "status" else ""
        yield _Step(position, partial(_field_edits, name, value, remark), Wish({name: value}))
    for index, met in one.ticks.items():
        yield _Step(position, partial(_tick_edits, index, met), Wish(ticks={index: met}))


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
