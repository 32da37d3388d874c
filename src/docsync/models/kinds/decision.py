"""What a decision is: what was chosen, when and why."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, RecordModel, Relation, spelled
from docsync.models.kinds.fieldtypes import Date, References, Text


class Decision(RecordModel):
    """What was chosen, when and why."""

    NAMES: ClassVar = Names(
        "decision",
        "decisions",
        r"D-?\d{1,6}|(?:ADR|DEC)-?\d{1,6}|[Dd]ecision[ -]\d{1,6}",
        ("decision", "decisions", "adr", "adrs"),
    )

    date: Annotated[Date, spelled("Decided", "Decided on", "Day"), Field(description="The day it was taken.")] = None
    rationale: Annotated[
        Text, spelled("Reason", "Reasons", "Why", "Reasoning", "Justification"), Field(description="Why it was taken.")
    ] = None
    supersedes: Annotated[
        References, Relation("decision"), spelled("Replaces"), Field(description="The decisions that it takes the place of.")
    ] = Field(default_factory=list)
