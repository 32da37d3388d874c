"""Which one record somebody means who names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docsync.models.nearness import nearest
from docsync.models.records import Record
from docsync.project.build import answering
from docsync.project.index import Project
from docsync.project.names import number_of

_FEW = 8
_NUMBER = re.compile(r"#?0*(\d+(?:\.\d+)*)")


class Unfound(Exception):
    """Say that no record answers to a name, or that several do, and what to write in its place."""


def point(project: Project, name: str, kind: str = "") -> Record:
    """Give the one record that a name means: an id, a number such as `Phase 2`, or `path#id` where ids are shared.

    `kind` restricts the kinds, empty for any. Raises Unfound, with the near miss or with the ways to tell several apart.
    """
    path, _, rest = name.rpartition("#")
    found = answering(project, rest if path else name, kind)
    if path:
        found = tuple(record for record in found if record.path == path or record.path.endswith(f"/{path}"))
    if len(found) == 1:
        return found[0]
    raise Unfound(_several(project, name, found) if found else _none(project, name, kind))


def pointer(project: Project, record: Record) -> str:
    """Give what names a record and no other: its id, with its path before it where others bear that too."""
    same = project.by_id.get(record.id, ())
    return record.id if len(same) < 2 else f"{record.path}#{record.id}"  # noqa: PLR2004  # itself and another


def _none(project: Project, name: str, kind: str) -> str:
    records = project.by_kind.get(kind, ()) if kind else project.records
    if not records:
        return f"there is no record {name}: no document here declares {_plural(project, kind)}"
    hint = f"known are {_listed([record.id for record in records])}"
    if called := _called_short(records, name):
        hint = f"did you mean {_listed([pointer(project, record) for record in called], last=' or ')}?"
    elif near := nearest(name, (record.id for record in records)):
        hint = f"did you mean {near}?"
    return f"there is no {kind or 'record'} {name}; {hint}"


def _called_short(records: Sequence[Record], name: str) -> list[Record]:
    """Give the records whose id ends in a name, as `Task 1.2.1` does in `1.2.1`; else those that have it for a number."""
    short = name.strip().strip("`*").casefold()
    ends = re.compile(rf"(?:.*[\s_-])?{re.escape(short)}", re.DOTALL)
    if found := [record for record in records if short and ends.fullmatch(record.id.casefold())]:
        return found
    number = _NUMBER.fullmatch(short)
    return [record for record in records if number_of(record) == number[1]] if number else []


def _plural(project: Project, kind: str) -> str:
    spec = project.config.kinds.get(kind)
    return spec.plural if spec else "any records"


def _several(project: Project, name: str, found: tuple[Record, ...]) -> str:
    if len({record.path for record in found}) == len(found):
        return (
            f"{len(found)} records answer to {name}; name one as {_listed([f'{record.path}#{record.id}' for record in found])}"
        )
    places = [f"{record.path}:{project.documents[record.path].lines.position(record.span.start).line}" for record in found]
    return f"{len(found)} records answer to {name}, in {_listed(places)}; give each an id of its own"


def _listed(names: list[str], last: str = ", ") -> str:
    shown = list(dict.fromkeys(names))
    more = len(shown) - _FEW
    if more <= 0 and len(shown) > 1:
        return f"{', '.join(shown[:-1])}{last}{shown[-1]}"
    return ", ".join(shown[:_FEW]) + (f" and {more} more" if more > 0 else "")
