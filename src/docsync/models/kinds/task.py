"""What a task is: one piece of work, small enough to be done or not."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, Relation, spelled
from docsync.models.kinds.fieldtypes import Reference
from docsync.models.kinds.work import Work
from docsync.models.schema import Role


class Task(Work):
    """One piece of work, small enough to be done or not."""

    NAMES: ClassVar = Names(
        "task",
        "tasks",
        r"T-?\d{1,6}(?:\.\d{1,4}){0,3}[a-z]?|[Tt]ask[ -]\d{1,6}(?:\.\d{1,4}){0,3}[a-z]?|\d{1,4}(?:\.\d{1,4}){1,3}"
        r"|(?!(?:WS|ADR|DEC|PE)-)[A-Z]{2,12}(?:-[A-Z]{1,12}){0,2}-\d{1,6}",
        ("task", "tasks"),
    )

    workstream: Annotated[
        Reference,
        Relation("workstream", role=Role.PART_OF),
        spelled("Stream", "Track"),
        Field(description="The workstream it belongs to."),
    ] = None
