"""What a metric is: a figure that is measured against a target."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from docsync.models.kinds.base import Names, RecordModel, spelled
from docsync.models.kinds.fieldtypes import Better, Number, Text


class Metric(RecordModel):
    """A figure that is measured against a target."""

    NAMES: ClassVar = Names("metric", "metrics", r"M\d{1,6}|[Mm]etric[ -]\d{1,6}", ("metric", "metrics", "kpi", "kpis"))

    current: Annotated[
        Number,
        spelled("Actual", "Value", "Now", "Current value", "Measured"),
        Field(description="The figure as last measured."),
    ] = None
    target: Annotated[Number, spelled("Threshold", "Target value", "Required"), Field(description="The figure to reach.")] = (
        None
    )
    unit: Annotated[
        Text, spelled("Units"), Field(description="The unit of both figures; read from beside a figure where it is not given.")
    ] = None
    better: Annotated[
        Better,
        spelled("Direction"),
        Field(description="Whether a higher or a lower figure is better; read from a sign such as < before the target."),
    ] = None
