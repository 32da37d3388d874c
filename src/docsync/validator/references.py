"""Which ids a project knows, kind by kind, and which names only look like one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from docsync.models.records import Record
from docsync.models.schema import FieldSpec, FieldType
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.validator.nearmiss import Spellings, spellings

_PARTS = re.compile(r"(.*?)0*(\d+)([a-z]?)")
_NUMBER = re.compile(r"#?\d+(?:\.\d+)*")
REFERENCES = (FieldType.REFERENCE, FieldType.REFERENCES)


def unknown(project: Project, record: Record, field: FieldSpec, item: str) -> bool:
    """Tell whether an item of a reference field names a record that does not exist.

    Text that is no id (`the licence server`), and ids of kinds that the project has no records of, are not judged.
    """
    text = item.strip().strip("`*")
    if resolve(project, text, field.target, beside=record.path) or resolve(project, text, beside=record.path):
        return False
    kinds = (field.target,) if field.target else tuple(project.by_kind)
    return any(kind in project.by_kind and _may_be(project, kind, text, single=bool(field.target)) for kind in kinds)


def _may_be(project: Project, kind: str, text: str, *, single: bool) -> bool:
    spec = project.config.kinds.get(kind)
    if spec is None:
        return False
    return (spec.matches(text) and prefix(text) in prefixes(project).get(kind, ())) or (
        single and _NUMBER.fullmatch(text) is not None
    )


def prefix(text: str) -> str:
    """Give what stands before an id's number: `H` of `H6`, `API-` of `API-12`, the dots of `1.2` with it."""
    found = _PARTS.fullmatch(text)
    return found[1] if found else text


@lru_cache(maxsize=2)
def prefixes(project: Project) -> Mapping[str, frozenset[str]]:
    """Give the prefixes that each kind's records use."""
    return {kind: frozenset(prefix(record.id) for record in records) for kind, records in project.by_kind.items()}


def near(project: Project, kinds: tuple[str, ...], text: str) -> str:
    """Give the id of these kinds that was probably meant, empty where none is near."""
    return next((found for kind in kinds if (found := _spelled(project)[kind].near(text))), "")


@lru_cache(maxsize=2)
def _spelled(project: Project) -> Mapping[str, Spellings]:
    return {kind: spellings(record.id for record in records) for kind, records in project.by_kind.items()}
