"""A drawing in the language of Mermaid, which many readers of Markdown show as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.generator.escape import label
from docsync.project.asking.drawing import Arrow, Drawing, Node
from docsync.reporters.asked.palette import CIRCLE, CRITICAL, MISSING, PALETTE, UNKNOWN
from docsync.reporters.escaping import escape

_MISSING: Final = "missing"
_UNKNOWN: Final = "unknown"


def render(drawing: Drawing) -> str:
    """Give the drawing; arrows of the critical path are thick, those of a circle dotted and red."""
    return "".join(f"{line}\n" for line in _lines(drawing))


def _lines(drawing: Drawing) -> Iterator[str]:
    yield "graph LR"
    for number, node in enumerate(drawing.nodes):
        yield f'  n{number}["{_text(node)}"]:::{_class(node)}'
    for arrow in drawing.arrows:
        yield f"  n{arrow.start} {_shaft(drawing, arrow)} n{arrow.end}"
    used = {_class(node) for node in drawing.nodes}
    for name, (fill, stroke) in {**PALETTE, _UNKNOWN: UNKNOWN, _MISSING: MISSING}.items():
        if name in used:
            dashes = ",stroke-dasharray:5 4" if name == _MISSING else ""
            yield f"  classDef {name} fill:{fill},stroke:{stroke},color:#212529{dashes}"
    yield from _style([number for number, one in enumerate(drawing.arrows) if one.critical and not one.circular], CRITICAL)
    yield from _style([number for number, one in enumerate(drawing.arrows) if one.circular], CIRCLE)


def _text(node: Node) -> str:
    name, title = (label(escape(" ".join(text.split()))) for text in (node.name, node.title))
    return f"{name}: {title}" if title else name


def _class(node: Node) -> str:
    return _MISSING if node.missing else node.status or _UNKNOWN


def _shaft(drawing: Drawing, arrow: Arrow) -> str:
    if arrow.circular or drawing.nodes[arrow.start].missing or drawing.nodes[arrow.end].missing:
        return "-.->"
    return "==>" if arrow.critical else "-->"


def _style(numbers: list[int], colour: str) -> Iterator[str]:
    if numbers:
        yield f"  linkStyle {','.join(map(str, numbers))} stroke:{colour}"
