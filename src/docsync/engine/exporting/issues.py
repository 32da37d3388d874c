"""What a project's work is as issues: one for each hole, task and workstream, and for what these belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from docsync.engine.exporting import vocabulary as words
from docsync.engine.exporting.checklists import text_of
from docsync.models.natural import natural
from docsync.models.records import Json, Record
from docsync.models.schema import Role
from docsync.models.status import Status
from docsync.project import graph
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.parts import is_work, members
from docsync.project.pointing import pointer

Issue = dict[str, Json]


class Issues(Struct, frozen=True):
    """Hold issues by id in order, and in words what of them could not be said."""

    issues: tuple[Issue, ...]
    left_out: tuple[str, ...] = ()


def kinds_of_issues(project: Project) -> tuple[str, ...]:
    """Give the kinds whose records are issues: those that are work, and those that work belongs to."""
    work = [kind for kind in project.config.kinds if is_work(project, kind)]
    wholes = {field.target for kind in work for field in project.config.kinds[kind].relations(Role.PART_OF)}
    return tuple(kind for kind in project.config.kinds if kind in work or kind in wholes)


def issues_of(project: Project, kinds: Sequence[str] = ()) -> Issues:
    """Give the records of some kinds as issues, of all that are work where none is named."""
    wanted = frozenset(kinds or kinds_of_issues(project))
    chosen = {id(record): record for record in project.records if record.kind in wanted}
    left: list[str] = []
    issues = [_issue(project, record, chosen, left) for record in chosen.values()]
    return Issues(tuple(sorted(issues, key=lambda issue: str(issue["id"]))), tuple(left))


def _issue(project: Project, record: Record, chosen: Mapping[int, Record], left: list[str]) -> Issue:
    kept = _kept(record)
    closed = record.status in (Status.RESOLVED, Status.CANCELLED)
    made: Issue = {
        "id": pointer(project, record),
        "title": record.title or record.id,
        "description": record.text("description"),
        "acceptance_criteria": text_of(record.criteria),
        "status": words.ISSUE_STATUS[record.status or Status.PENDING],
        "priority": words.level_of(record.text("priority")) if record.text("priority") else words.NORMAL,
        "issue_type": words.EPIC if record.kind in _wholes(project) else words.TASK,
        "assignee": record.text("assignee"),
        "estimated_minutes": words.minutes_of(record.text("estimate")),
        **{name: _moment(record, kept, name) for name in ("created_at", "updated_at")},
        "closed_at": _closed_at(record, kept) if closed else "",
        "close_reason": _reason(record) if closed else "",
        "labels": list[Json](record.texts("labels")),
        "dependencies": [*_dependencies(project, record, chosen, left)],
    }
    found = {name: value for name, value in made.items() if value not in (None, "", []) or name in ("id", "description")}
    return found | _remaining(kept, found)


def _kept(record: Record) -> Mapping[str, Json]:
    """Give what a record keeps of the issue that it was made from."""
    kept = record.values.get(words.KEPT)
    return kept if isinstance(kept, dict) else {}


def _remaining(kept: Mapping[str, Json], made: Issue) -> Issue:
    """Give what is kept and not said by the record itself; the type of an issue is said by nothing else."""
    own = {name: value for name, value in kept.items() if name not in ("created_at", "updated_at", "closed_at")}
    more = own.pop("dependencies", None)
    rest = {name: value for name, value in own.items() if name not in made or name == "issue_type"}
    if isinstance(more, list) and more:
        said = made.get("dependencies")
        rest["dependencies"] = [*(said if isinstance(said, list) else ()), *more]
    return rest


def _moment(record: Record, kept: Mapping[str, Json], name: str) -> str:
    """Give the moment that an issue gave where it is of the day that the record says, else that day's beginning."""
    day, moment = record.text(name.removesuffix("_at")), str(kept.get(name) or "")
    return moment if moment and (not day or words.day_of(moment) == day) else words.moment_of(day)


def _closed_at(record: Record, kept: Mapping[str, Json]) -> str:
    return str(kept.get("closed_at") or "") or _moment(record, kept, "updated_at")


def _reason(record: Record) -> str:
    resolution = record.text("resolution")
    if record.status is Status.CANCELLED:
        return f"{words.CANCELLED}: {resolution}" if resolution else words.CANCELLED
    return resolution


def _dependencies(project: Project, record: Record, chosen: Mapping[int, Record], left: list[str]) -> Iterator[Json]:
    own = pointer(project, record)
    for target in sorted({edge.target for edge in graph.needs(project).get(record.id, ())}, key=natural):
        found = resolve(project, target, beside=record.path)
        if found is None or id(found) not in chosen:
            left.append(f"{own} waits for {target}, which is no issue")
            continue
        yield {"issue_id": own, "depends_on_id": pointer(project, found), "type": words.BLOCKS}
    for parent in _parents(project, record):
        if id(parent) in chosen:
            yield {"issue_id": own, "depends_on_id": pointer(project, parent), "type": words.PARENT}


def _parents(project: Project, record: Record) -> Iterable[Record]:
    """Give what a record belongs to directly: not the phase of its workstream, though it may name both."""
    spec = project.config.kinds.get(record.kind)
    fields = spec.relations(Role.PART_OF) if spec else ()
    named = (resolve(project, text, field.target, beside=record.path) for field in fields for text in record.texts(field.name))
    wholes = [whole for whole in named if whole is not None and whole is not record]
    held = {id(whole) for whole in wholes}
    inner = [whole for whole in wholes if not any(id(part) in held for part in members(project, whole))]
    return (inner or wholes)[:1]


def _wholes(project: Project) -> frozenset[str]:
    """Give the kinds that others belong to."""
    fields = (field for spec in project.config.kinds.values() for field in spec.relations(Role.PART_OF))
    return frozenset(field.target for field in fields)
