"""A drawing in Graphviz's language DOT."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.project.asking.drawing import Arrow, Drawing, Node
from docsync.reporters.asked.palette import CIRCLE, CRITICAL, PLAIN, colours_of
from docsync.reporters.escaping import escape


def render(drawing: Drawing) -> str:
    """Give the drawing; arrows of the critical path are thick, those of a circle dashed and red."""
    return "".join(f"{line}\n" for line in _lines(drawing))


def _lines(drawing: Drawing) -> Iterator[str]:
    yield "digraph plan {"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontcolor="#212529"];'
    yield f'  edge [color="{PLAIN}"];'
    for number, node in enumerate(drawing.nodes):
        yield f"  n{number} [{_box(node)}];"
    for arrow in drawing.arrows:
        yield f"  n{arrow.start} -> n{arrow.end}{_look(drawing, arrow)};"
    yield "}"


def _box(node: Node) -> str:
    fill, stroke = colours_of(node.status, missing=node.missing)
    text = _quoted(node.name) + (f"\\n{_quoted(node.title)}" if node.title else "")
    width = ", penwidth=2" if node.critical else ""
    style = ', style="rounded,filled,dashed"' if node.missing else ""
    return f'label="{text}", fillcolor="{fill}", color="{stroke}"{width}{style}'


def _look(drawing: Drawing, arrow: Arrow) -> str:
    if arrow.circular:
        return f' [color="{CIRCLE}", style=dashed]'
    if drawing.nodes[arrow.start].missing or drawing.nodes[arrow.end].missing:
        return " [style=dashed]"
    return f' [color="{CRITICAL}", penwidth=2]' if arrow.critical else ""


def _quoted(text: str) -> str:
    """Give a text as it stands between double quotes: a backslash would begin an escape of Graphviz's."""
    return escape(" ".join(text.split())).replace("\\", "\\\\").replace('"', '\\"')
