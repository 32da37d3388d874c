"""A small plan of our own, made by hand: the records, and documents with regions in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from docsync.config.values import Config
from docsync.generator.layout import Form, body
from docsync.models.document import DocumentFacts, Region
from docsync.models.kinds.registry import builtin_specs
from docsync.models.records import Criterion, Home, Json, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec
from docsync.models.status import EMOJI, WORDS, Status
from docsync.project.build import join
from docsync.project.index import Project
from docsync.text.source import line_index
from docsync.text.spans import Span

DEFAULT: Final = Config(builtin_specs(), WORDS, EMOJI)

_HERE: Final = Span(0, 1)

R: Final = Status.RESOLVED
P: Final = Status.PENDING


def record(kind: str, name: str, title: str = "", status: Status | None = None, **values: Json) -> Record:
    criteria = values.pop("held", None)
    return Record(
        kind,
        name,
        title,
        status,
        Home.FILE,
        str(values.pop("path", f"plan/{kind}s/{name}.md")),
        _HERE,
        {"id": name, "title": title, **({"status": status.value} if status else {}), **values},
        criteria=tuple(criterion(*str(one).split("/")) for one in criteria) if isinstance(criteria, list) else (),
    )


def criterion(category: str, text: str, met: str) -> Criterion:
    return Criterion(text, category, met == "x", _HERE, _HERE, dropped=met == "~")


PLAN: Final[tuple[Record, ...]] = (
    record("hole", "H1", "Ledger format", R, phase="1", blocks=["H2", "H10"]),
    record("hole", "H2", "Replay | rewind", Status.IN_PROGRESS, phase="1", blocked_by=["H1"]),
    record("hole", "H10", "Snapshot cadence", Status.READY, phase="2", blocked_by=["H1"]),
    record("hole", "H3", "Tide tables", Status.BLOCKED, phase="2", blocked_by=["H2", "H10"]),
    record("hole", "H4", "Harbour names", P),
    record("phase", "P1", "Soundings", Status.IN_PROGRESS, number=1, gate="G1"),
    record("phase", "P2", "Charts", P, number=2, depends_on=["P1"]),
    record(
        "gate",
        "G1",
        "Soundings hold",
        P,
        phase="P1",
        held=["functional/Replays/x", "functional/Rewinds/ ", "quality/Read/x"],
    ),
    record("gate", "G2", "Charts hold", P, phase="P2", held=["performance/Under 2 s/ ", "quality/Signed/~"]),
    record("session", "Session 1", "First cast", R, number=1, date="2025-03-01", resolved=["H1"], next=["H2"]),
    record("session", "Session 2", "Second cast", None, number=2, date="2025-03-08", next=["H10", "H2"], path="log/two [b].md"),
    record("decision", "D1", "Keep a log", R, date="2025-03-01", rationale="A log\nreplays."),
    record("decision", "D2", "Drop the tree", R, date="2025-03-08", rationale="Too slow", supersedes=["D1"]),
    record("metric", "M1", "Replay speed", None, current=90, target=120, unit="MB/s", better="higher"),
    record("metric", "M2", "Cold start", None, current=0.25, target=0.5, unit="s", better="lower"),
    record("metric", "M3", "Coverage", None, target=95, unit="%", better="higher"),
    record("metric", "M4", "Idle power", None, current=6.0, target=4, unit="W"),
    record("metric", "M5", "Lost frames", None, current=3, target=0),
    record("metric", "M8", "Uptime", None, current=99.7, target=99.8),
    record("metric", "M6", "Retries", None, current=6, target=4, better="lower"),
    record("metric", "M7", "Drift", None, current=-1, target=0, better="higher"),
    record("task", "T-1", "Write the reader", R, phase="1", wave=1, estimate="2 d"),
    record("task", "T-2", "Write the writer", P, phase="1", wave=2, depends_on=["T-1"], estimate="1 d"),
)


def region(name: str, view: str, held: str = "", *, prefix: str = "", newline: str = "\n", **attributes: str) -> Region:
    """Make a region whose body is `held` in the form in which docsync writes it; an empty one has an empty body."""
    text = body(tuple(held.split("\n")), Form(prefix, newline)) if held else ""
    given: Mapping[str, str] = {"view": view, **attributes} if view else attributes
    return Region(name, view, given, _HERE, _HERE, Span(0, len(text)), prefix, text)


def document(path: str, *regions: Region, newline: str = "\n") -> DocumentFacts:
    return DocumentFacts(path, "", newline, line_index(""), regions=regions)


def project(*documents: DocumentFacts, records: tuple[Record, ...] = PLAN, config: Config = DEFAULT) -> Project:
    homes: dict[str, list[Record]] = {}
    for one in records:
        homes.setdefault(one.path, []).append(one)
    given = {one.path: one for one in documents}
    for path, held in homes.items():
        given[path] = replace(given.get(path, document(path)), records=tuple(held))
    return join(config, given.values())


def with_kind(name: str, **fields: FieldType) -> Config:
    """Give a configuration with one kind of the project's own."""
    specs = {
        field: FieldSpec(field, kind) for field, kind in {"title": FieldType.TEXT, "status": FieldType.STATUS, **fields}.items()
    }
    return replace(DEFAULT, kinds={**DEFAULT.kinds, name: KindSpec(name, f"{name}s", r"X\d+", specs, builtin=False)})
