"""Which kinds a project has: the built-in ones as it extends them, and its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from docsync.config.schema import DocsyncTable, FieldTable, KindTable
from docsync.models.kinds.base import RecordModel
from docsync.models.kinds.registry import builtin_specs
from docsync.models.schema import FieldSpec, KindSpec, Role, field_key

_Y = re.compile(r"(?<![aeiou])y$")
_ROLES: Final = {"needs": Role.NEEDS, "holds": Role.HOLDS, "part-of": Role.PART_OF, None: Role.NONE}


def merged_kinds(table: DocsyncTable) -> dict[str, KindSpec]:
    """Give all kinds by name, built-in ones first; whether they make sense is `checks`'s question."""
    kinds = builtin_specs()
    for name, own in table.kinds.items():
        kinds[name] = _extended(kinds[name], own) if name in kinds else _new(name, own)
    return kinds


def _extended(spec: KindSpec, own: KindTable) -> KindSpec:
    return replace(
        spec,
        id_pattern=spec.id_pattern if own.id is None else own.id,
        plural=spec.plural if own.plural is None else own.plural.casefold(),
        nouns=_nouns(own, spec.name, spec.nouns),
        doc=spec.doc if own.doc is None else own.doc,
        fields=_fields(spec.fields, own),
    )


def _new(name: str, own: KindTable) -> KindSpec:
    common = {field: spec for field, spec in builtin_specs()["hole"].fields.items() if field in RecordModel.model_fields}
    word = name.replace("-", " ").replace("_", " ")
    plural = own.plural.casefold() if own.plural else _plural(word)
    nouns = _nouns(own, word, (word, plural))
    return KindSpec(name, plural, own.id or "", _fields(common, own), nouns, own.doc or "", builtin=False)


def _plural(word: str) -> str:
    return _Y.sub("ies", word) if _Y.search(word) else f"{word}s"


def _nouns(own: KindTable, word: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Give the counting words; a new plural is one of them, whatever the project lists."""
    listed = usual if own.nouns is None else tuple(noun.casefold() for noun in own.nouns)
    return tuple(dict.fromkeys((*listed, *((word, own.plural.casefold()) if own.plural else ()))))


def _fields(known: Mapping[str, FieldSpec], own: KindTable) -> dict[str, FieldSpec]:
    fields = dict(known)
    for written, table in own.fields.items():
        name = field_key(written)
        fields[name] = _field(fields.get(name, FieldSpec(name, table.type)), table)
    return fields


def _field(spec: FieldSpec, table: FieldTable) -> FieldSpec:
    """Take over what the table gives; names are added to those that the field has already."""
    given = table.model_fields_set
    return FieldSpec(
        spec.name,
        table.type if "type" in given else spec.type,
        table.doc if "doc" in given else spec.doc,
        required=table.required if "required" in given else spec.required,
        values=tuple(table.values) if "values" in given else spec.values,
        target=table.target or spec.target,
        inverse=field_key(table.inverse) if table.inverse else spec.inverse,
        role=_ROLES[table.role] if "role" in given else spec.role,
        aliases=tuple(dict.fromkeys((*spec.aliases, *(field_key(alias) for alias in table.aliases)))),
    )
