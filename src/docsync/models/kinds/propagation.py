"""What a propagation is: a constraint that one resolution passes on to what comes after it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, RecordModel, Relation, spelled
from docsync.models.kinds.fieldtypes import Date, Reference, References, Text


class Propagation(RecordModel):
    """An event: resolving one record put a constraint on others."""

    NAMES: ClassVar = Names(
        "propagation",
        "propagations",
        r"E\d{1,6}|PE-?\d{1,6}|(?:[Pp]ropagation|[Ee]vent)[ -]\d{1,6}",
        ("propagation", "propagations", "propagation event", "propagation events"),
    )

    from_: Annotated[
        Reference,
        Relation(),
        spelled("Source", "Source hole", "Resolved"),
        Field(alias="from", description="The record whose resolution gave the constraint."),
    ]
    to: Annotated[
        References,
        Relation(),
        spelled("Target", "Targets", "Affects", "Affected"),
        Field(description="The records that the constraint binds."),
    ]
    constraint: Annotated[
        Text,
        spelled("Constraints", "Constraint added", "Constraint propagated"),
        Field(description="What they must respect from now on."),
    ] = None
    date: Annotated[Date, spelled("Day"), Field(description="The day of the event.")] = None
