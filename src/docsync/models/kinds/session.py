"""What a session is: one sitting of work, with its notes and its hand-over."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from docsync.models.kinds.base import InHeading, Names, RecordModel, Relation, numbered, spelled
from docsync.models.kinds.fieldtypes import Date, Number, References, Text, Texts


class Session(RecordModel):
    """One sitting of work, with its notes and its hand-over."""

    NAMES: ClassVar = Names("session", "sessions", r"(?:S|[Ss]ession[ -])\d{1,6}[a-z]?", ("session", "sessions"))

    number: Annotated[
        Number, spelled("No", "Session number"), Field(description="Its place in the order; read from the id.")
    ] = None
    date: Annotated[
        Date,
        InHeading(),
        spelled("Day", "Held on"),
        Field(description="The day of the session; read from its heading where no field gives it."),
    ] = None
    resolved: Annotated[
        References, Relation(), spelled("Completed", "Resolved holes", "Holes resolved"), Field(description="What it resolved.")
    ] = Field(default_factory=list)
    decided: Annotated[
        Texts, spelled("Decisions", "Decisions made"), Field(description="What was decided, as text or by id.")
    ] = Field(default_factory=list)
    artifacts: Annotated[
        Texts, spelled("Files", "Deliverables", "Outputs"), Field(description="The files and reports that came of it.")
    ] = Field(default_factory=list)
    next: Annotated[
        Texts,
        spelled("Next steps", "Next up", "Next actions", "Handover", "Hand-over", "Handoff"),
        Field(description="What the next session starts with."),
    ] = Field(default_factory=list)
    blockers: Annotated[
        Texts, spelled("Blocked by", "Blocker", "Open questions"), Field(description="What stood in the way at its end.")
    ] = Field(default_factory=list)
    notes: Annotated[Text, spelled("Note"), Field(description="What is worth remembering.")] = None

    @model_validator(mode="before")
    @classmethod
    def _number(cls, raw: dict[str, object]) -> dict[str, object]:
        return numbered(raw)
