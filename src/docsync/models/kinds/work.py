"""What a piece of work is, by whatever name: part of a phase, waiting for other work, and done when its criteria are met."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from docsync.models.kinds.base import RecordModel, Relation, spelled
from docsync.models.kinds.fieldtypes import Criteria, Integer, Reference, References, Text
from docsync.models.schema import Role


class Work(RecordModel):
    """Hold what tasks and workstreams have in common."""

    phase: Annotated[Reference, Relation("phase", role=Role.PART_OF), Field(description="The phase it belongs to.")] = None
    part: Annotated[Text, spelled("Area", "Component"), Field(description="The part of the product it changes.")] = None
    wave: Annotated[Integer, Field(description="The wave it is done in: tasks of one wave can run side by side.")] = None
    estimate: Annotated[
        Text,
        spelled("Effort", "Estimated effort", "Size"),
        Field(description="How long it should take, in the project's own words."),
    ] = None
    depends_on: Annotated[
        References,
        Relation(inverse="blocks", role=Role.NEEDS),
        spelled("Dependencies", "Dependency", "Blocked by", "Requires", "Prerequisites", "Waits for"),
        Field(description="What must be done before it."),
    ] = Field(default_factory=list)
    blocks: Annotated[
        References,
        Relation(inverse="depends_on", role=Role.HOLDS),
        spelled("Blocking", "Required by", "Unblocks"),
        Field(description="What cannot start before it is done."),
    ] = Field(default_factory=list)
    assignee: Annotated[Text, spelled("Owner", "Assigned to", "Responsible"), Field(description="Who does it.")] = None
    done_when: Annotated[
        Criteria,
        spelled("Done if", "Acceptance criteria", "Success criteria", "Definition of done", "Criteria"),
        Field(description="What must hold for it to be done."),
    ] = Field(default_factory=list)
