"""How it reads what can be pulled out of generated text, and what cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from docsync.engine.pulling.offers import Offer
from docsync.engine.pulling.pull import Pulled
from docsync.models.diagnostics import Place
from docsync.models.records import Json
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path

VERSION: Final = 1
"""The version of the shape of the JSON."""

_UNCHANGED: Final = "Nothing to pull: no generated text was changed by hand."


def story(pulled: Pulled) -> Iterator[str]:
    """Tell each change that a home can take, and why it does not take the others."""
    found = pulled.findings
    for offer in found.offers:
        places = ", ".join(_at(pulled.project, place) for place, _ in offer.places)
        yield f"{escape(pointer(pulled.project, offer.record))} {_change(offer)} ({places})"
    if found.left:
        yield from ("",) if found.offers else ()
        yield "Not pulled:"
        for left in found.left:
            yield f"  {_at(pulled.project, left.place)} {escape(left.subject)}"
            yield f"    {escape(left.reason)}{f'; {escape(left.help)}' if left.help else ''}"
    if not found.offers and not found.left:
        yield "Nothing to pull: all that was changed by hand is so in its home." if found.regions else _UNCHANGED


def tally(pulled: Pulled) -> str:
    """Count what is offered and what is left."""
    found = pulled.findings
    left = f"; {len(found.left):,} cannot be pulled" if found.left else ""
    return f"{counted(len(found.offers), 'change')} to pull{left}."


def as_json(pulled: Pulled, *, written: bool) -> str:
    """Give the same for programs: `changes` and `left`, and whether the changes were `written`."""
    project, found = pulled.project, pulled.findings
    changes: list[Json] = [_dumped(project, offer) for offer in found.offers]
    left: list[Json] = [
        {"subject": one.subject, "reason": one.reason, "help": one.help, **_placed(project, one.place), "region": one.region[1]}
        for one in found.left
    ]
    document: dict[str, Json] = {"version": VERSION, "written": written, "changes": changes, "left": left}
    return json.dumps(document, indent=1) + "\n"


def _change(offer: Offer) -> str:
    if offer.criterion is not None:
        return f"criterion “{escape(offer.field)}”: {offer.before} → {offer.after}"
    return f"{escape(offer.field)}: {escape(offer.before) or 'nothing'} → {escape(offer.after)}"


def _dumped(project: Project, offer: Offer) -> Json:
    places: list[Json] = [{**_placed(project, place), "region": region[1]} for place, region in offer.places]
    return {
        "record": pointer(project, offer.record),
        "kind": offer.record.kind,
        "home": offer.record.path,
        "field": None if offer.criterion else offer.field,
        "criterion": offer.field if offer.criterion else None,
        "before": offer.before,
        "after": offer.after,
        "places": places,
    }


def _placed(project: Project, place: Place) -> dict[str, Json]:
    position = project.documents[place.path].lines.position(place.span.start)
    return {"path": place.path, "line": position.line, "column": position.column}


def _at(project: Project, place: Place) -> str:
    position = project.documents[place.path].lines.position(place.span.start)
    return f"{escape_path(place.path)}:{position.line}:{position.column}"
