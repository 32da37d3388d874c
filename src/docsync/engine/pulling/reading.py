"""What a home can take of what somebody wrote into one region, and why not the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.engine.pulling import threeway
from docsync.engine.pulling.columns import OF_ITS_OWN, Columns
from docsync.engine.pulling.criteria import criterion_of
from docsync.engine.pulling.offers import Key, Left, Offer
from docsync.engine.pulling.places import Placing
from docsync.engine.pulling.threeway import Bodies, Difference, Origin, Turned
from docsync.engine.pulling.values import WHY, NoValue, values_of
from docsync.generator.meaning import said
from docsync.generator.wording import unmarked
from docsync.models.diagnostics import Place
from docsync.models.records import Record
from docsync.models.schema import FieldSpec
from docsync.project.index import Project
from docsync.project.pointing import pointer

_LONGEST: Final = 60
_COUNTED: Final = re.compile(r"\d+/\d+|\d+(?:\.\d+)?%")


class Reading(Struct, frozen=True):
    """Hold what one region's edits are read by."""

    columns: Columns
    placing: Placing

    @property
    def project(self) -> Project:
        """Give the project of the region."""
        return self.columns.project

    @property
    def key(self) -> Key:
        """Give the region's path and id."""
        return (self.columns.path, self.columns.region.id)

    def _left(self, place: Place, subject: str, reason: str, help_: str = "") -> Left:
        return Left(place, self.key, subject, reason, help_, keys=self.columns.keys)

    def all(self, bodies: Bodies) -> Iterator[Offer | Left]:
        """Give what a home can take of what was written by hand, and what it cannot, with the reason."""
        for difference in threeway.cells(bodies, self.project.config):
            if found := self._cell(difference, bodies):
                yield found
        for turned in threeway.boxes(bodies):
            yield self._box(turned)
        yield from self._others(bodies)

    def _cell(self, difference: Difference, bodies: Bodies) -> Offer | Left | None:
        row, title = difference.name
        place = self.placing.place(difference.standing.at)
        change = f"{_short(difference.rendered)} → {_short(difference.standing.text)}"
        owners = self.columns.owners(row)
        if row in bodies.standing.repeated | bodies.rendered.repeated or len(owners) > 1:
            names = ", ".join(pointer(self.project, one) for one in owners)
            return self._left(
                place, f"{_short(row)} {title}: {change}", f"several records go by {row} here", f"docsync set {names}"
            )
        if not owners:
            reason = f"the row {_short(row)} is no record's"
            return self._left(place, f"{_short(row)} {title}: {change}", reason, "change what the view makes it from")
        name = self.columns.showing(owners[0], title, difference.rendered)
        subject = f"{pointer(self.project, owners[0])} {name or title}: {change}"
        if why := self._refused(difference, owners[0], name):
            return replace(self._left(place, subject, *why), cell=difference.name)
        return self._offer(place, subject, owners[0], name, difference)

    def _refused(self, difference: Difference, record: Record, name: str) -> tuple[()] | tuple[str, str]:
        """Say why a cell is not offered, and what to do; empty where it is."""
        known = pointer(self.project, record)
        if not name and _COUNTED.fullmatch(unmarked(difference.rendered)):
            return ("it is counted; change what it counts", f"docsync tick {known} ticks a criterion")
        if not name:
            return (f"the column shows no single field of a {record.kind}", f"docsync show {known} lists them")
        if name in OF_ITS_OWN:
            return (WHY[name], "")
        command = f"decide, then docsync set {known} {name}=…"
        if difference.origin is Origin.BOTH:
            was = _short(difference.base)
            return (f"both sides changed: it was {was} when the table was last written", command)
        return ("nothing tells which of the two is newer", command) if difference.origin is Origin.UNKNOWN else ()

    def _offer(self, place: Place, subject: str, record: Record, name: str, difference: Difference) -> Offer | Left | None:
        text = difference.standing.text
        unit = self.columns.unit(record, name, difference.rendered)
        if unit and said(text).endswith(unit):
            text = said(text)[: -len(unit)]
        spec = _spec(self.project, record, name)
        try:
            values = values_of(text, record, spec, self.project.config)
        except NoValue as why:
            return replace(self._left(place, subject, str(why)), cell=difference.name)
        if values == _present(record, name):
            return None  # the home says so already, as after a pull that had to leave something else in this region
        before = record.status.value if name == "status" and record.status else self.columns.shown(record, name)
        return Offer(record, name, before, ", ".join(values) or "nothing", values, ((place, self.key),))

    def _box(self, turned: Turned) -> Offer | Left:
        lead, text = turned.name
        place = self.placing.place(turned.standing.piece.at)
        subject = f"the box of “{_short(text)}”: {'ticked' if turned.standing.ticked else 'emptied'}"
        found = criterion_of(self.project, self.columns.records, text, lead)
        if len(found) != 1:
            why = "several criteria say so" if found else "no criterion says so"
            return self._left(place, subject, why, "docsync tick ticks the one that you mean")
        ((record, criterion),) = found
        if criterion.met is turned.standing.ticked:
            return self._left(place, subject, f"the criterion of {record.id} is so already", "regenerate puts the list right")
        if turned.origin is not Origin.HAND:
            return self._left(place, subject, f"it is {turned.origin.value}", f"docsync tick {record.id} ticks it")
        states = ("met", "not met") if criterion.met else ("not met", "met")
        return Offer(record, criterion.text, *states, (), ((place, self.key),), criterion)

    def _shifted(self, bodies: Bodies) -> Iterator[Left]:
        for name, piece, written, titles in bodies.standing.shifted:
            help_ = (
                "a `|` inside a cell needs a backslash before it: `\\|`" if written > titles else "write its empty cells, too"
            )
            reason = f"it has {written} cells below {titles} titles, so nothing tells which cell is whose"
            yield self._left(self.placing.place(piece.at), f"the row {_short(name)}", reason, help_)

    def _others(self, bodies: Bodies) -> Iterator[Left]:
        view = self.columns.region.view
        yield from self._shifted(bodies)
        for name, piece in threeway.added_rows(bodies):
            where = self.placing.place(piece.at)
            yield self._left(
                where, f"the row {_short(name)}", "a row is a record's; none goes by this name in it", "docsync new adds one"
            )
        for name in threeway.removed_rows(bodies):
            subject, reason = f"the row {_short(name)}, taken out", "that does not tell what becomes of the record"
            yield self._left(self.placing.begin(), subject, reason, f"docsync set {name} status=cancelled drops it")
        added = tuple(threeway.added_text(bodies))
        for piece in added:
            reason = f"what the view {view} writes there is no field of a record"
            subject, where = f"the text “{_short(piece.text)}”", self.placing.place(piece.at)
            yield replace(self._left(where, subject, reason, "write it outside the markers"), text=piece.text)
        for text in () if added else threeway.removed_text(bodies):
            subject, reason = f"the text “{_short(text)}”, taken out", f"the view {view} writes it again"
            yield self._left(self.placing.begin(), subject, reason, "change the marker's attributes, or the view")


def _present(record: Record, name: str) -> tuple[str, ...]:
    """Give what a home says of a field, as it would be set."""
    if name == "title":
        return (record.title,) if record.title else ()
    if name == "status":
        return (record.status.value,) if record.status else ()
    return record.texts(name)


def _spec(project: Project, record: Record, name: str) -> FieldSpec | None:
    spec = project.config.kinds.get(record.kind)
    return spec.fields.get(name) if spec else None


def _short(text: str) -> str:
    plain = unmarked(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
