"""What a workstream is: tasks that one party carries through."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, spelled
from docsync.models.kinds.fieldtypes import Integer, Text
from docsync.models.kinds.work import Work


class Workstream(Work):
    """A strand of tasks that one party carries through."""

    NAMES: ClassVar = Names(
        "workstream",
        "workstreams",
        r"WS-?(?:\d{1,4}|[A-Z])|[Ww]orkstream[ -](?:\d{1,4}|[A-Z])",
        ("workstream", "workstreams", "work stream", "work streams"),
    )

    wave: Annotated[Integer, Field(description="The wave it starts in.")] = None
    assignee: Annotated[Text, spelled("Owner", "Assigned to", "Responsible", "Lead"), Field(description="Who carries it.")] = (
        None
    )
