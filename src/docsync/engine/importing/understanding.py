"""What an issue says in the words of records: the fields of a kind, and what there is no field for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct, field

from docsync.engine.exporting import vocabulary as words
from docsync.engine.exporting.checklists import boxes_of
from docsync.engine.importing.lines import Issue, Link
from docsync.models.records import Json
from docsync.models.schema import FieldType, KindSpec, Role
from docsync.models.status import Status

_SAID: Final = frozenset(("id", "title", "status", "priority", "labels"))
"""The fields of an issue that every kind of record has."""
_REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)


class Understood(Struct):
    """Hold an issue as a record of a kind would say it.

    `values` are its fields in JSON form, `boxes` its criteria as category, mark and text, `rest` what there is no field for,
    and `notes` what could not be understood.
    """

    issue: Issue
    spec: KindSpec
    values: dict[str, Json] = field(default_factory=dict)
    boxes: list[tuple[str, str, str]] = field(default_factory=list)
    rest: dict[str, Json] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def understand(issue: Issue, spec: KindSpec, kind_of: Callable[[str], str], *, epic: bool) -> Understood:
    """Read an issue as a record of a kind.

    `kind_of` gives the kind of the record that an id means, there or about to come, empty for none. `epic` tells that others
    belong to records of the kind.
    """
    done = Understood(issue, spec)
    done.rest = {name: value for name, value in issue.raw.items() if name not in _SAID and name != "dependencies"}
    _identity(done)
    _dates(done)
    _texts(done)
    if done.rest.get("issue_type") == (words.EPIC if epic else words.TASK):
        del done.rest["issue_type"]
    left = [link.written for link in issue.links if not _linked(done, link, kind_of)]
    if left:
        done.rest["dependencies"] = left
    return done


def _identity(done: Understood) -> None:
    issue = done.issue
    status = words.status_of(issue.status, issue.text("close_reason"))
    if status is None:
        done.notes.append(f"the status {issue.status} is none that docsync knows, so {issue.id} is taken as open")
    done.values["title"] = issue.title
    done.values["status"] = (status or Status.PENDING).value
    if issue.priority != words.NORMAL:
        done.values["priority"] = words.priority_of(issue.priority)
    if issue.labels:
        done.values["labels"] = list[Json](issue.labels)
    _reason(done, status)


def _reason(done: Understood, status: Status | None) -> None:
    reason = done.issue.text("close_reason")
    if status is Status.CANCELLED:
        reason = reason[len(words.CANCELLED) :].lstrip(": ")
        if not reason:
            done.rest.pop("close_reason", None)
    if reason and "resolution" in done.spec.fields:
        done.values["resolution"] = reason
        del done.rest["close_reason"]


def _dates(done: Understood) -> None:
    for name in ("created", "updated"):
        moment = done.issue.text(f"{name}_at")
        if moment and name in done.spec.fields and words.is_moment(moment):
            done.values[name] = words.day_of(moment)
            if moment == words.moment_of(words.day_of(moment)):
                del done.rest[f"{name}_at"]
    closed = done.issue.text("closed_at")
    if closed and closed == done.issue.text("updated_at"):
        del done.rest["closed_at"]


def _texts(done: Understood) -> None:
    for name in ("description", "assignee"):
        if (text := done.issue.text(name)) and name in done.spec.fields:
            done.values[name] = text
            del done.rest[name]
    minutes = done.rest.get("estimated_minutes")
    if isinstance(minutes, int) and minutes > 0 and "estimate" in done.spec.fields:
        done.values["estimate"] = words.estimate_of(minutes)
        del done.rest["estimated_minutes"]
    boxes = boxes_of(done.issue.text("acceptance_criteria"))
    if boxes:
        done.boxes = boxes
        del done.rest["acceptance_criteria"]


def _linked(done: Understood, link: Link, kind_of: Callable[[str], str]) -> bool:
    """Tell whether a dependency could be said by a field."""
    target = kind_of(link.target)
    if not target or link.target == done.issue.id:
        done.notes.append(f"{done.issue.id} {link.type} {link.target}: there is no such record")
        return False
    if link.type == words.BLOCKS:
        needs = next((one for one in done.spec.relations(Role.NEEDS) if one.type is FieldType.REFERENCES), None)
        if needs is None or (needs.target and needs.target != target):
            return False
        said = done.values.setdefault(needs.name, [])
        if isinstance(said, list) and link.target not in said:
            said.append(link.target)
        return True
    if link.type == words.PARENT:
        whole = next((one for one in done.spec.relations(Role.PART_OF) if one.target == target), None)
        if whole is None or whole.name in done.values or whole.type not in _REFERENCES:
            return False
        done.values[whole.name] = link.target if whole.type is FieldType.REFERENCE else [link.target]
        return True
    return False


def kept_with(rest: Mapping[str, Json], present: Json) -> dict[str, Json]:
    """Give what a record keeps of its issue, with what an issue says now."""
    return {**(present if isinstance(present, dict) else {}), **rest}
