"""What a hole is: an open question of the design, with what it waits for and what waits for it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, RecordModel, Relation, spelled
from docsync.models.kinds.fieldtypes import Criteria, Reference, References, Text, Texts
from docsync.models.schema import Role


class Hole(RecordModel):
    """An open question of the design that work fills, one after another."""

    NAMES: ClassVar = Names("hole", "holes", r"H\d{1,6}[a-z]?", ("hole", "holes", "typed hole", "typed holes"))

    type: Annotated[
        Text, spelled("Hole type", "Category"), Field(description="What sort of thing is missing, such as an interface.")
    ] = None
    phase: Annotated[Reference, Relation("phase", role=Role.PART_OF), Field(description="The phase it belongs to.")] = None
    blocks: Annotated[
        References,
        Relation(inverse="blocked_by", role=Role.HOLDS),
        spelled("Blocking", "Required by", "Unblocks"),
        Field(description="What cannot start before it is resolved."),
    ] = Field(default_factory=list)
    blocked_by: Annotated[
        References,
        Relation(inverse="blocks", role=Role.NEEDS),
        spelled("Blocked on", "Blockers", "Depends on", "Dependencies", "Dependency", "Requires", "Prerequisites", "Waits for"),
        Field(description="What must be resolved before it."),
    ] = Field(default_factory=list)
    constraints: Annotated[
        Texts, spelled("Constraint", "Constraints received"), Field(description="What any answer must respect.")
    ] = Field(default_factory=list)
    criteria: Annotated[
        Criteria,
        spelled("Acceptance criteria", "Success criteria", "Done when", "Definition of done"),
        Field(description="What must hold for it to be resolved."),
    ] = Field(default_factory=list)
    resolution: Annotated[Text, spelled("Resolved as", "Answer", "Solution"), Field(description="How it was resolved.")] = None
    evidence: Annotated[
        Texts,
        spelled("Proof", "Implementation", "Files", "File"),
        Field(description="The files, commits or reports that show it."),
    ] = Field(default_factory=list)
