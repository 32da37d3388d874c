"""Which cells and boxes of a region somebody changed, and which only lag behind their home.

What a region shows differs from what it should show either because its home changed or because the region did. What it held
when docsync wrote it, or git did, tells: what differs from that was written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct

from docsync.config.values import Config
from docsync.engine.pulling.bodies import Body, CellName, Piece, Point, PointName, distance
from docsync.generator.wording import alike


class Origin(Enum):
    """Say how a piece came to differ from what it should be."""

    HAND = "changed by hand"
    BOTH = "changed by hand, and its home has changed, too"
    UNKNOWN = "different, and nothing tells what it was"


class Difference(Struct, frozen=True):
    """Hold one cell that says something else than it should; `base` is what it said before, empty where that is not known."""

    name: CellName
    origin: Origin
    standing: Piece
    rendered: str
    base: str = ""


class Turned(Struct, frozen=True):
    """Hold one box that is not as it should be; `rendered` is None for a point that should not be there."""

    name: PointName
    origin: Origin
    standing: Point
    rendered: Point | None


class Bodies(Struct, frozen=True):
    """Hold a body as it stands, as it should be, and as it was; None where nothing tells."""

    standing: Body
    rendered: Body
    base: Body | None


def nearest(standing: Body, rendered: Body, bases: Sequence[Body]) -> Body | None:
    """Give the one of several earlier bodies that was edited: the least different, of equals that nearest the homes."""
    return min(bases, key=lambda base: (distance(standing, base), distance(base, rendered)), default=None)


def cells(bodies: Bodies, config: Config) -> Iterator[Difference]:
    """Give the cells of rows and columns that the region should have, where somebody wrote something else."""
    for name, pieces in bodies.standing.cells.items():
        expected = bodies.rendered.cells.get(name)
        if expected is None:
            continue
        rendered = expected[0].text
        before = bodies.base.cells.get(name) if bodies.base else None
        for piece in pieces:
            if alike(rendered, piece.text, config) or (before and any(alike(one.text, piece.text, config) for one in before)):
                continue
            origin = _origin(before, any(alike(rendered, one.text, config) for one in before or ()))
            yield Difference(name, origin, piece, rendered, before[0].text if before else "")


def boxes(bodies: Bodies) -> Iterator[Turned]:
    """Give the points of lists whose box somebody ticked or emptied."""
    for name, points in bodies.standing.points.items():
        expected = bodies.rendered.points.get(name, ())
        before = bodies.base.points.get(name, ()) if bodies.base else ()
        if before and [point.mark for point in before] == [point.mark for point in points]:
            continue
        for at, point in enumerate(points):
            rendered = expected[at] if at < len(expected) else None
            if point.mark is not None and (rendered is None or rendered.ticked != point.ticked):
                as_before = rendered is not None and bool(before) and before[0].ticked == rendered.ticked
                yield Turned(name, _origin(before, as_before), point, rendered)


def added_rows(bodies: Bodies) -> Iterator[tuple[str, Piece]]:
    """Give the rows that somebody added."""
    for name, piece in bodies.standing.rows.items():
        if name not in bodies.rendered.rows and (bodies.base is None or name not in bodies.base.rows):
            yield name, piece


def removed_rows(bodies: Bodies) -> Iterator[str]:
    """Give the names of the rows that somebody took out."""
    if bodies.base:
        for name in bodies.rendered.rows:
            if name in bodies.base.rows and name not in bodies.standing.rows:
                yield name


def added_text(bodies: Bodies) -> Iterator[Piece]:
    """Give what somebody wrote that is neither a cell nor a point of a list which the view gives, and has no box."""
    for meant, piece in bodies.standing.rest.items():
        if meant not in bodies.rendered.rest and (bodies.base is None or meant not in bodies.base.rest):
            yield piece
    for name, points in bodies.standing.points.items():
        known = name in bodies.rendered.points or (bodies.base is not None and name in bodies.base.points)
        if not known and points[0].mark is None:
            yield points[0].piece


def removed_text(bodies: Bodies) -> Iterator[str]:
    """Give the text that somebody took out, though the view still gives it."""
    if bodies.base:
        for meant, piece in bodies.rendered.rest.items():
            if meant in bodies.base.rest and meant not in bodies.standing.rest:
                yield piece.text
        for name, points in bodies.rendered.points.items():
            if name in bodies.base.points and name not in bodies.standing.points:
                yield points[0].piece.text


def _origin(before: object, as_rendered: bool) -> Origin:  # noqa: FBT001 -- what both are asked with
    if not before:
        return Origin.UNKNOWN
    return Origin.HAND if as_rendered else Origin.BOTH
