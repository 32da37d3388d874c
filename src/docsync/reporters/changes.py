"""How a change of the findings is shown: what changed, what broke, what healed, and how it stands now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, cast

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.diagnostics import Diagnostic, Report, Severity
from docsync.models.records import Json
from docsync.reporters.colours import BOLD, DIM, GREEN, paint
from docsync.reporters.counting import counted, enumerated
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.json_report import VERSION, as_json
from docsync.reporters.text import findings

_MOST_NAMED: Final = 3
_NOUNS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning"}


class Change(Struct, frozen=True):
    """Hold what is to be shown: when, which files changed, and the findings that came, went, and have other numbers now.

    `paths` is empty where it is not known what changed. `restated` holds findings as they were and as they are.
    """

    moment: str
    paths: Sequence[str]
    broke: Sequence[Diagnostic] = ()
    healed: Sequence[Diagnostic] = ()
    restated: Sequence[tuple[Diagnostic, Diagnostic]] = ()


def as_text(change: Change, report: Report, display: Display) -> str:
    """Show a change as one block: a line for how it stands, then what broke, in full, and what healed, a line each."""
    return "\n".join(_lines(_seen(change, display), report, display)) + "\n"


def start_line(report: Report) -> str:
    """Give how it stands at first as one line of JSON."""
    return json.dumps({**as_json(report), "event": "start"}) + "\n"


def as_line(change: Change, report: Report) -> str:
    """Give a change as one line of JSON."""
    event = {
        "version": VERSION,
        "event": "change",
        "time": change.moment,
        "changed": list(change.paths),
        "broke": _dumped(report, change.broke),
        "healed": _dumped(replace(report, lines={}), change.healed),
        "restated": [
            {**now, "was": was.message}
            for (was, _), now in zip(change.restated, _dumped(report, [now for _, now in change.restated]), strict=True)
        ],
        "summary": as_json(report)["summary"],
    }
    return json.dumps(event) + "\n"


def standing(report: Report) -> str:
    """Say in a few words how it stands."""
    ranks = Counter(found.severity for found in report.diagnostics)
    counts = [counted(ranks[severity], noun) for severity, noun in _NOUNS.items() if ranks[severity]]
    return f"{enumerated(counts)} now" if counts else "nothing contradicts now"


def is_shown(change: Change, display: Display) -> bool:
    """Tell whether there is anything in a change to show."""
    seen = _seen(change, display)
    return bool(seen.broke or seen.healed or seen.restated)


def _seen(change: Change, display: Display) -> Change:
    """Leave out the notes, unless they are shown."""
    if display.notes:
        return change
    return replace(
        change,
        broke=[found for found in change.broke if _counts(found)],
        healed=[found for found in change.healed if _counts(found)],
        restated=[pair for pair in change.restated if _counts(pair[1])],
    )


def _counts(found: Diagnostic) -> bool:
    return found.severity is not Severity.INFO


def _lines(change: Change, report: Report, display: Display) -> Iterator[str]:
    colour = display.colour
    counts = {"new": len(change.broke), "gone": len(change.healed), "different": len(change.restated)}
    said = [f"{count:,} {what}" for what, count in counts.items() if count]
    head = f"{paint(change.moment, DIM, on=colour)} {paint(_named(change.paths), BOLD, on=colour)}"
    yield f"{head}: {enumerated(said)}; {standing(report)}"
    if shown := (*change.broke, *(now for _, now in change.restated)):
        yield findings(replace(report, diagnostics=tuple(shown)), replace(display, notes=True))
    for found in change.healed:
        said_of = f"{escape_path(found.place.path)}: {found.code}[{found.rule}] {escape(found.message)}"
        yield f"{paint('gone', GREEN, on=colour)} {said_of}"


def _named(paths: Sequence[str]) -> str:
    if not paths:
        return "something changed"
    more = len(paths) - _MOST_NAMED
    return enumerated([*map(escape_path, paths[:_MOST_NAMED]), *([counted(more, "more file")] if more > 0 else [])])


def _dumped(report: Report, found: Sequence[Diagnostic]) -> list[dict[str, Json]]:
    return cast("list[dict[str, Json]]", as_json(replace(report, diagnostics=tuple(found)))["diagnostics"])
