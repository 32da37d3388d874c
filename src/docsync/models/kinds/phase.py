"""What a phase is: a stretch of the plan that ends at a gate."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from docsync.models.kinds.base import Names, RecordModel, Relation, numbered, spelled
from docsync.models.kinds.fieldtypes import Number, Reference, References, Text
from docsync.models.schema import Role


class Phase(RecordModel):
    """A stretch of the plan that ends at a gate."""

    NAMES: ClassVar = Names("phase", "phases", r"(?:P|[Pp]hase[ -])\d{1,4}(?:\.\d{1,4}){0,2}[a-z]?", ("phase", "phases"))

    number: Annotated[Number, spelled("No", "Phase number"), Field(description="Its place in the order; read from the id.")] = (
        None
    )
    holes: Annotated[References, Relation("hole", inverse="phase"), Field(description="The holes that it fills.")] = Field(
        default_factory=list
    )
    tasks: Annotated[References, Relation("task", inverse="phase"), Field(description="The tasks that it consists of.")] = (
        Field(default_factory=list)
    )
    gate: Annotated[
        Reference, Relation("gate", inverse="phase"), spelled("Exit gate"), Field(description="The gate that ends it.")
    ] = None
    weeks: Annotated[
        Text,
        spelled("Week", "Duration", "Timeline", "Timeframe"),
        Field(description="When it runs, in the project's own words."),
    ] = None
    depends_on: Annotated[
        References,
        Relation("phase", role=Role.NEEDS),
        spelled("Dependencies", "Dependency", "Blocked by", "Requires", "Prerequisites"),
        Field(description="The phases that must be complete before it."),
    ] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _number(cls, raw: dict[str, object]) -> dict[str, object]:
        return numbered(raw)
