"""Which pydantic model validates a kind: its own for a built-in one, one made from the specification for any other."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from docsync.models.kinds.base import RecordModel
from docsync.models.kinds.fieldtypes import annotation
from docsync.models.kinds.registry import BUILTIN, builtin_specs
from docsync.models.schema import FieldSpec, FieldType, KindSpec


def model_of(spec: KindSpec) -> type[RecordModel]:
    """Give the model of a kind, made once for each specification."""
    return _model(_Same(spec))


class _Same:
    """Stand for one specification by its identity, since its mapping of fields has no hash."""

    __slots__ = ("spec",)

    def __init__(self, spec: KindSpec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return id(self.spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.spec is self.spec


@lru_cache(maxsize=256)
def _model(same: _Same) -> type[RecordModel]:
    spec = same.spec
    base = next((model for model in BUILTIN if model.NAMES.name == spec.name), RecordModel)
    known = builtin_specs()[spec.name].fields if base is not RecordModel else _common_fields()
    own = {name: field for name, field in spec.fields.items() if known.get(name) != field}
    return _extended(base, spec, own) if own else base


def _common_fields() -> dict[str, FieldSpec]:
    hole = builtin_specs()["hole"]
    return {name: hole.fields[name] for name in RecordModel.model_fields}


def _extended(base: type[RecordModel], spec: KindSpec, own: dict[str, FieldSpec]) -> type[RecordModel]:
    # A field's own name might shadow something of the model class (`json`, `copy`), so each gets an underscore and an alias.
    fields: dict[str, Any] = {}
    inherited = {info.alias or name: name for name, info in base.model_fields.items()}
    for name, field in own.items():
        fields[inherited.get(name, f"{name}_")] = (
            Annotated[annotation(field.type, field.values), Field(alias=name, description=field.doc)],
            ... if field.required else _default(field.type),
        )
    return create_model(spec.name, __base__=base, __doc__=spec.doc, **fields)


def _default(kind: FieldType) -> Any:  # noqa: ANN401 -- a field's default is of the field's type
    match kind:
        case FieldType.LIST | FieldType.REFERENCES | FieldType.CRITERIA:
            return Field(default_factory=list)
        case FieldType.CONDITIONS:
            return Field(default_factory=dict)
        case _:
            return None


@lru_cache(maxsize=256)
def lenient(model: type[RecordModel]) -> type[RecordModel]:
    """Give the model with no field required, for a record that lacks one and is kept all the same."""
    fields: dict[str, Any] = {
        name: (_optional(info), Field(default=None, alias=info.alias))
        for name, info in model.model_fields.items()
        if info.is_required()
    }
    return create_model(model.__name__, __base__=model, **fields)


def _optional(info: FieldInfo) -> Any:  # noqa: ANN401 -- a type form has no type of its own
    annotated: Any = info.annotation
    for mark in info.metadata:
        annotated = Annotated[annotated, mark]
    return annotated | None
