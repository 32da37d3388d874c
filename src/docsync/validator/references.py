"""Which ids a project knows, kind by kind, and which names only look like one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from docsync.models.records import Record
from docsync.models.schema import FieldSpec, FieldType
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.validator.nearmiss import Spellings, spellings

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
    bare = bool(field.target) and field.target in project.by_kind and _NUMBER.fullmatch(text) is not None
    return bare or any(looks_unknown(project, kind, text) for kind in kinds)


def looks_unknown(project: Project, kind: str, text: str) -> bool:
    """Tell whether a text looks like an id of a kind, as the kind's records have them, and is none; zeros do not count."""
    spec = project.config.kinds.get(kind)
    family = _families(project).get(kind)
    if spec is None or family is None or not spec.matches(text):
        return False
    return _prefix(text) in family.prefixes and _bare(text) not in family.ids


class _Family(Struct, frozen=True):
    """Hold the prefixes of a kind's ids, and the ids without leading zeros."""

    prefixes: frozenset[str]
    ids: frozenset[str]


@lru_cache(maxsize=2)
def _families(project: Project) -> Mapping[str, _Family]:
    return {
        kind: _Family(frozenset(_prefix(one.id) for one in records), frozenset(_bare(one.id) for one in records))
        for kind, records in project.by_kind.items()
    }


def _prefix(text: str) -> str:
    return _parts(text)[0]


def _bare(text: str) -> str:
    return "".join(_parts(text))


def _parts(text: str) -> tuple[str, str, str]:
    """Divide an id into what stands before its number (`API-`, `1.`), the number without zeros, and a letter behind it."""
    stem = text[:-1] if text[-1:].isalpha() and text[-2:-1].isdigit() else text
    head = stem.rstrip("0123456789")
    return head, stem[len(head) :].lstrip("0"), text[len(stem) :]


def near(project: Project, kinds: tuple[str, ...], text: str) -> str:
    """Give the id of these kinds that was probably meant, empty where none is near."""
    return next((found for kind in kinds if (found := _spelled(project)[kind].near(text))), "")


@lru_cache(maxsize=2)
def _spelled(project: Project) -> Mapping[str, Spellings]:
    return {kind: spellings(record.id for record in records) for kind, records in project.by_kind.items()}
