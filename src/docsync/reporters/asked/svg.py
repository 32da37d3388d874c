"""A drawing as a picture: SVG, laid out in layers from left to right, with a legend of the statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import east_asian_width
from xml.sax.saxutils import escape as markup

from docsync.project.asking.drawing import Arrow, Drawing, Node
from docsync.project.asking.layers import lay_out
from docsync.reporters.asked.palette import CIRCLE, CRITICAL, PALETTE, PLAIN, UNKNOWN, colours_of
from docsync.reporters.asked.records import words
from docsync.reporters.escaping import escape

_WIDE: Final = 168
_HIGH: Final = 40
_ACROSS: Final = 60
"""Between the boxes of two layers."""
_DOWN: Final = 16
_MARGIN: Final = 20
_LEGEND: Final = 34
_LETTERS: Final = 23
"""That fit into a box, in columns of a monospaced font."""
_INVALID: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, escaped or not."""

_Point = tuple[float, float]


def render(drawing: Drawing) -> str:
    """Give the drawing as an SVG document."""
    return "".join(f"{line}\n" for line in _lines(drawing))


def _lines(drawing: Drawing) -> Iterator[str]:
    layout = lay_out(len(drawing.nodes), [(arrow.start, arrow.end) for arrow in drawing.arrows])
    statuses = [
        status for status in (*PALETTE, "") if any(node.status == status and not node.missing for node in drawing.nodes)
    ]
    across = max(2 * _MARGIN + layout.layers * (_WIDE + _ACROSS) - _ACROSS, 2 * _MARGIN + len(statuses) * 110)
    down = 2 * _MARGIN + _LEGEND + max(layout.height * (_HIGH + _DOWN) - _DOWN, 0)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    size = f'width="{across:.0f}" height="{down:.0f}"'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {across:.0f} {down:.0f}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="12">'
    )
    yield f"  <title>What waits for what: {len(drawing.nodes)} records, {len(drawing.arrows)} links</title>"
    yield f'  <rect {size} fill="#ffffff"/>'
    yield from _heads()
    yield from _legend(statuses)
    for arrow, route in zip(drawing.arrows, layout.routes, strict=True):
        ends = layout.spots[arrow.start], layout.spots[arrow.end]
        yield _line(drawing, arrow, [_corner(spot) for spot in (ends[0], *route, ends[1])])
    for node, spot in zip(drawing.nodes, layout.spots, strict=True):
        yield from _box(node, _corner(spot))
    yield "</svg>"


def _corner(spot: tuple[int, float]) -> _Point:
    """Give the upper left corner of a place."""
    return _MARGIN + spot[0] * (_WIDE + _ACROSS), _MARGIN + _LEGEND + spot[1] * (_HIGH + _DOWN)


def _heads() -> Iterator[str]:
    yield "  <defs>"
    for name, colour in (("plain", PLAIN), ("critical", CRITICAL), ("circle", CIRCLE)):
        yield (
            f'    <marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        )
    yield "  </defs>"


def _legend(statuses: Sequence[str]) -> Iterator[str]:
    for at, status in enumerate(statuses):
        fill, stroke = PALETTE.get(status, UNKNOWN)
        left = _MARGIN + at * 110
        yield f'  <rect x="{left}" y="{_MARGIN}" width="12" height="12" rx="3" fill="{fill}" stroke="{stroke}"/>'
        yield f'  <text x="{left + 18}" y="{_MARGIN + 10}" fill="#495057">{words(status) or "no status"}</text>'


def _line(drawing: Drawing, arrow: Arrow, corners: Sequence[_Point]) -> str:
    name, colour, width = ("critical", CRITICAL, 2.5) if arrow.critical else ("plain", PLAIN, 1.2)
    dashes = ""
    if arrow.circular:
        name, colour, dashes = "circle", CIRCLE, ' stroke-dasharray="6 4"'
    elif drawing.nodes[arrow.start].missing or drawing.nodes[arrow.end].missing:
        dashes = ' stroke-dasharray="3 4"'
    return (
        f'  <path d="{_way(corners)}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes} '
        f'marker-end="url(#{name})"><title>{_said(drawing, arrow)}</title></path>'
    )


def _way(corners: Sequence[_Point]) -> str:
    """Give a curve from the right side of the first box to the left side of the last, level where it passes others.

    One that leads back, as a circle's last does, goes from the left side round to the right one.
    """
    back = corners[-1][0] <= corners[0][0]
    (left, top), (last, bottom) = corners[0], corners[-1]
    if corners[0] == corners[-1]:
        return (
            f"M{left + _WIDE:.1f} {top + _HIGH / 2:.1f}c{_ACROSS / 2:.1f} {-_HIGH / 2:.1f} {_ACROSS / 2:.1f} {_HIGH / 2:.1f} 0 "
            f"{_HIGH / 4:.1f}"
        )
    down = _HIGH * (0.75 if back else 0.5)  # so that it does not run along one that leads on
    here = (left + (0 if back else _WIDE), top + down)
    path = f"M{here[0]:.1f} {here[1]:.1f}"
    for passed_left, passed_top in corners[1:-1]:
        near, far = (passed_left + _WIDE, passed_left) if back else (passed_left, passed_left + _WIDE)
        path += f"{_curve(here, (near, passed_top + down))}H{far:.1f}"
        here = (far, passed_top + down)
    return path + _curve(here, (last + (_WIDE if back else 0), bottom + down))


def _curve(here: _Point, there: _Point) -> str:
    middle = (here[0] + there[0]) / 2
    return f"C{middle:.1f} {here[1]:.1f} {middle:.1f} {there[1]:.1f} {there[0]:.1f} {there[1]:.1f}"


def _box(node: Node, corner: _Point) -> Iterator[str]:
    fill, stroke = colours_of(node.status, missing=node.missing)
    left, top = corner
    dashes = ' stroke-dasharray="5 4"' if node.missing else ""
    width = 2.5 if node.critical else 1.2
    said = " ".join((f"{node.name}: {node.title}" if node.title else node.name).split())
    yield f"  <g><title>{_xml(said)}{f' ({words(node.status)})' if node.status else ''}</title>"
    yield (
        f'    <rect x="{left:.1f}" y="{top:.1f}" width="{_WIDE}" height="{_HIGH}" rx="6" fill="{fill}" '
        f'stroke="{CRITICAL if node.critical else stroke}" stroke-width="{width}"{dashes}/>'
    )
    middle = left + _WIDE / 2
    first = top + (17 if node.title else 25)
    centred = f'<text x="{middle:.1f}" text-anchor="middle"'
    yield f'    {centred} y="{first:.1f}" font-weight="bold" fill="#212529">{_fit(node.name)}</text>'
    if node.title:
        yield f'    {centred} y="{top + 32:.1f}" fill="#495057">{_fit(node.title)}</text>'
    yield "  </g>"


def _said(drawing: Drawing, arrow: Arrow) -> str:
    return _xml(f"{drawing.nodes[arrow.end].name} waits for {drawing.nodes[arrow.start].name}")


def _fit(text: str) -> str:
    """Cut a text to what fits into a box."""
    plain, taken = " ".join(text.split()), 0
    for at, letter in enumerate(plain):
        taken += 2 if east_asian_width(letter) in "WF" else 1
        if taken > _LETTERS:
            return _xml(plain[:at].rstrip() + "…")
    return _xml(plain)


def _xml(text: str) -> str:
    return markup(_INVALID.sub("\ufffd", escape(text)))
