"""Which forms a drawing can be given in, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final, Protocol, cast

from docsync.models.records import Json
from docsync.project.asking.drawing import Drawing
from docsync.reporters.asked.records import encoded
from docsync.reporters.counting import counted

FORMS: Final = {
    "mermaid": "docsync.reporters.asked.mermaid",
    "dot": "docsync.reporters.asked.dot",
    "svg": "docsync.reporters.asked.svg",
}
"""Each form's module, imported only when it is asked for."""

_FEW: Final = 5
_MERMAID_ARROWS: Final = 500
"""The default of Mermaid's own `maxEdges`."""


class _Form(Protocol):
    @staticmethod
    def render(drawing: Drawing) -> str:
        """Give the whole drawing, its last line ended."""
        ...


def drawing_in(form: str, drawing: Drawing) -> str:
    """Give a drawing in a form that is in the table."""
    return cast("_Form", import_module(FORMS[form])).render(drawing)


def drawing_json(drawing: Drawing) -> str:
    """Give a drawing for programs: `nodes` with their names, `edges` from what is needed to what waits for it."""
    nodes: list[Json] = [
        {"name": one.name, "title": one.title, "status": one.status or None, "critical": one.critical, "missing": one.missing}
        for one in drawing.nodes
    ]
    edges: list[Json] = [
        {
            "from": drawing.nodes[one.start].name,
            "to": drawing.nodes[one.end].name,
            "critical": one.critical,
            "circular": one.circular,
        }
        for one in drawing.arrows
    ]
    answer: dict[str, Json] = {"nodes": nodes, "edges": edges, "cycles": [list(ring) for ring in drawing.circles]}
    return encoded(answer)


def remarks(drawing: Drawing, form: str = "") -> Iterator[str]:
    """Say what is wrong with what is drawn, what is not drawn, and what a form's readers will not show."""
    for ring in drawing.circles[:_FEW]:
        yield f"a circle: {' waits for '.join((*ring, ring[0]))}"
    if len(drawing.circles) > _FEW:
        yield f"{counted(len(drawing.circles) - _FEW, 'more circle')}; docsync check --select DS401 tells all"
    for vain in drawing.missing[:_FEW]:
        one = vain.missing
        yield f"{one.field} of {vain.name} names {one.text}, and there is no such {one.kind or 'record'}"
    if len(drawing.missing) > _FEW:
        yield f"{counted(len(drawing.missing) - _FEW, 'more name')} without a record; docsync check --select DS501 tells all"
    if drawing.outside:
        yield f"{counted(drawing.outside, 'link')} to records that were not asked for {_is(drawing.outside)} left out"
    if drawing.alone:
        yield f"{counted(drawing.alone, 'record')} without a link {_is(drawing.alone)} left out; --all draws them, too"
    if form == "mermaid" and len(drawing.arrows) > _MERMAID_ARROWS:
        yield (
            f"Mermaid shows no more than {_MERMAID_ARROWS} arrows unless its maxEdges is raised, and here are "
            f"{len(drawing.arrows):,}; --phase and --kind choose fewer, --format svg draws them all"
        )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
