"""What a gate is: the criteria, by category, that let a phase pass."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, RecordModel, Relation, spelled
from docsync.models.kinds.fieldtypes import Conditions, Criteria, Reference
from docsync.models.schema import Role


class Gate(RecordModel):
    """The criteria that a phase must meet before the next one begins."""

    NAMES: ClassVar = Names("gate", "gates", r"(?:G|[Gg]ate[ -])\d{1,4}(?:\.\d{1,4})?[a-z]?", ("gate", "gates"))

    phase: Annotated[
        Reference, Relation("phase", inverse="gate", role=Role.PART_OF), Field(description="The phase that it ends.")
    ] = None
    criteria: Annotated[
        Criteria,
        spelled("Gate criteria", "Exit criteria", "Success criteria", "Acceptance criteria"),
        Field(description="What must hold, by category: functional, performance, quality, documentation."),
    ] = Field(default_factory=list)
    pass_condition: Annotated[
        Conditions,
        spelled("Pass conditions", "Passes when", "Pass criteria", "Passing"),
        Field(description="How many criteria of each category must be met: all, any, a number or a percentage."),
    ] = Field(default_factory=dict)
