"""What a metric is: a figure that is measured against a target."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from docsync.models.kinds.bad_value import BadValue, shown
from docsync.models.kinds.base import Names, RecordModel, spelled
from docsync.models.kinds.fieldtypes import Shape, Text
from docsync.models.kinds.scalars import Figure, figure, read_choice, read_number, scalar_text
from docsync.models.schema import FieldType

_BETTER: Final = ("higher", "lower")
_SIGNS: Final = dict.fromkeys(("<", "<=", "=<", "≤"), "lower") | dict.fromkeys((">", ">=", "=>", "≥"), "higher")


def _measured(value: object, seen: ValidationInfo) -> int | float | None:
    """Read a figure that may carry the metric's unit and a sign."""
    found = figure(scalar_text(value))
    if found is None:
        return read_number(value)
    unit = seen.data.get("unit") or ""
    if found.unit.casefold() not in ("", unit.casefold()):
        raise BadValue(f"{shown(value)} is not in {unit}", f"give every figure of the metric in {unit}")
    return found.value


def _better(value: object) -> str | None:
    return read_choice(value, _BETTER)


Measured: TypeAlias = Annotated[
    int | float | None,
    BeforeValidator(_measured),
    Shape(FieldType.NUMBER),
    WithJsonSchema({"type": ["number", "string", "null"]}),
]
Better: TypeAlias = Annotated[
    str | None, BeforeValidator(_better), Shape(FieldType.ENUM, _BETTER), WithJsonSchema({"enum": [*_BETTER, None]})
]


class Metric(RecordModel):
    """A figure that is measured against a target."""

    NAMES: ClassVar = Names("metric", "metrics", r"M\d{1,6}|[Mm]etric[ -]\d{1,6}", ("metric", "metrics", "kpi", "kpis"))

    # The unit comes first because the figures are read against it.
    unit: Annotated[
        Text,
        spelled("Units"),
        Field(description="The unit of both figures; read from beside a figure where it is not given."),
    ] = None
    current: Annotated[
        Measured,
        spelled("Actual", "Value", "Now", "Current value", "Measured"),
        Field(description="The figure as last measured."),
    ] = None
    target: Annotated[
        Measured,
        spelled("Threshold", "Target value", "Goal value"),
        Field(description="The figure to reach."),
    ] = None
    better: Annotated[
        Better,
        spelled("Direction"),
        Field(description="Whether a higher or a lower figure is better; read from a sign such as < before the target."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _take_unit_and_sign(cls, raw: dict[str, object]) -> dict[str, object]:
        target, current = (_figure(raw.get(name)) for name in ("target", "current"))
        found: dict[str, object] = {}
        if unit := next((seen.unit for seen in (target, current) if seen and seen.unit), ""):
            found["unit"] = unit
        if target and target.sign in _SIGNS:
            found["better"] = _SIGNS[target.sign]
        return found | {name: value for name, value in raw.items() if value not in (None, "")}


def _figure(value: object) -> Figure | None:
    return figure(value) if isinstance(value, str) else None
