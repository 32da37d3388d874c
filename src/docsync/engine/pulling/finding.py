"""What somebody changed by hand in a project's regions, and which of it a home can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from docsync.engine.pulling import threeway
from docsync.engine.pulling.bodies import Body, read_body
from docsync.engine.pulling.columns import Columns, columns_of
from docsync.engine.pulling.offers import Findings, Left, Offer
from docsync.engine.pulling.places import Placing
from docsync.engine.pulling.reading import Reading
from docsync.engine.pulling.threeway import Bodies
from docsync.generator.catalogue import Catalogue
from docsync.generator.dumps import Dumps
from docsync.generator.layout import bare
from docsync.models.document import Region
from docsync.models.expectations import Expectation
from docsync.project.index import Project
from docsync.project.pointing import pointer

Recalled: TypeAlias = "Callable[[str, Region], Sequence[str]]"
"""What gives every earlier body of a region that is known."""


def find(project: Project, catalogue: Catalogue, expected: Iterable[Expectation], recalled: Recalled) -> Findings:
    """Find what was changed by hand in regions, and in which of them anything was."""
    dumps = Dumps(project)
    offers: list[Offer] = []
    left: list[Left] = []
    regions: list[tuple[str, str]] = []
    for expectation in expected:
        region = _region(project, expectation)
        if region is None or expectation.body is None:
            continue
        reading = Reading(columns_of(project, dumps, catalogue, expectation.path, region), Placing(expectation.path, region))
        bodies = _bodies(expectation, region, reading.columns, recalled)
        found = tuple(reading.all(bodies))
        if found or expectation.edited:
            regions.append((expectation.path, region.id))
        offers += (one for one in found if isinstance(one, Offer))
        left += (one for one in found if isinstance(one, Left))
    agreed, torn = _merged(project, offers)
    return Findings(agreed, tuple(sorted((*left, *torn), key=lambda one: one.place)), tuple(regions))


def _region(project: Project, expectation: Expectation) -> Region | None:
    regions = project.documents[expectation.path].regions
    return next((region for region in regions if region.id == expectation.region), None)


def _bodies(expectation: Expectation, region: Region, columns: Columns, recalled: Recalled) -> Bodies:
    def read(text: str) -> Body:
        return read_body(text, columns.keys)

    standing = read(bare(region.text, region.prefix))
    rendered = read(bare(expectation.body or "", region.prefix))
    before = [read(text) for text in recalled(expectation.path, region)]
    return Bodies(standing, rendered, threeway.nearest(standing, rendered, before))


def _merged(project: Project, offers: Sequence[Offer]) -> tuple[tuple[Offer, ...], tuple[Left, ...]]:
    """Take the same change in several tables for one; where they disagree, none of them can be meant."""
    found: dict[tuple[int, str], list[Offer]] = {}
    for offer in offers:
        found.setdefault((id(offer.record), offer.field), []).append(offer)
    agreed: list[Offer] = []
    left: list[Left] = []
    for several in found.values():
        first = several[0]
        if len({offer.values for offer in several}) == 1:
            agreed.append(replace(first, places=tuple(place for offer in several for place in offer.places)))
            continue
        values = " and ".join(dict.fromkeys(offer.after for offer in several))
        known = pointer(project, first.record)
        for offer in several:
            subject = f"{known} {offer.field}: {offer.before} → {offer.after}"
            place, region = offer.places[0]
            left.append(Left(place, region, subject, f"two tables disagree: {values}", f"decide, then docsync set {known}"))
    return tuple(agreed), tuple(left)
