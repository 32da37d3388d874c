"""One record in full, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docsync.models.records import Criterion, Json, Record
from docsync.models.status import Status
from docsync.project.asking.card import Card
from docsync.project.asking.mentions import Spoken
from docsync.project.asking.proofs import Proof
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.project.progress import of_criteria
from docsync.reporters.asked.records import bar, brief, briefs, counted, encoded, share, status_cell, words
from docsync.reporters.asked.starting import named, place
from docsync.reporters.colours import BOLD, paint
from docsync.reporters.escaping import escape
from docsync.reporters.tabular import Look, aligned, one_line

_ELSEWHERE: Final = frozenset(
    {"id", "title", "status", "kind", "criteria", "done_when", "docsync", "blocked_by", "depends_on", "blocks"}
)
"""Fields that the card shows in places of their own."""
_SETTLED: Final = {True: "there", False: "missing", None: "not to be told"}


def card_text(project: Project, card: Card, look: Look) -> str:
    """Give a record as a card: a heading with its state, then a part for each thing that there is to say."""
    head = [escape(named(project, card.record)), *(f"  {line}" for line in _head(project, card))]
    parts = [(title, list(lines)) for title, lines in _parts(project, card)]
    text = paint(head[0], BOLD, on=look.colour) + "\n" + "".join(f"{line}\n" for line in head[1:])
    for title, lines in parts:
        if lines:
            text += "\n" + paint(escape(title), BOLD, on=look.colour) + "\n" + "".join(f"  {line}\n" for line in lines)
    return text + f"\nHistory: docsync history {escape(pointer(project, card.record))}\n"


def card_json(project: Project, card: Card) -> str:
    """Give a record for programs."""
    answer: dict[str, Json] = {
        **brief(project, card.record),
        "home": card.record.home.value,
        "ready": card.ready,
        "critical": card.critical,
        "progress": share(card.progress),
        "fields": dict(card.values),
        "blocked_by": _related(project, card.needs),
        "blocks": _related(project, card.waiting),
        "missing": [{"field": one.field, "text": one.text} for one in card.missing],
        "part_of": briefs(project, card.wholes),
        "parts": briefs(project, card.parts),
        "criteria": [_category_json(project, card, name, found) for name, found in card.criteria.items()],
        "evidence": [
            {"field": one.field, "text": one.text, "there": one.there, "path": one.found or None} for one in card.proofs
        ],
        "mentions": [_spoken_json(one) for one in card.spoken],
        "problems": [
            {"code": one.code, "message": one.message, "line": _line(project, card.record, one.span.start)}
            for one in card.record.problems
        ],
        "same_id": briefs(project, card.namesakes),
    }
    return encoded(answer)


def _head(project: Project, card: Card) -> Iterator[str]:
    record = card.record
    state = [record.kind, *([status_cell(record)] if status_cell(record) else [])]
    state += ["can be started"] * (card.ready and record.status is not Status.IN_PROGRESS) + [
        "on the critical path"
    ] * card.critical
    yield escape(", ".join(state))
    yield place(project, record)
    if card.phase:
        yield escape(f"in {named(project, card.phase)} ({_status(card.phase)})")
    if card.progress.total > 1:
        yield f"{bar(card.progress)}  {escape(counted(card.progress))}"
    for other in card.namesakes:
        yield f"another record has the same id: {escape(pointer(project, other))}, {place(project, other)}"


def _parts(project: Project, card: Card) -> Iterator[tuple[str, Iterable[str]]]:
    shown = {name: value for name, value in card.values.items() if name not in _ELSEWHERE}
    yield "Fields", aligned([(name.rstrip("_").replace("_", " "), _value(value)) for name, value in shown.items()])
    yield "Waits for", aligned([*_relation(project, card.needs), *_lost(card, need=True)])
    yield "Is waited for by", aligned([*_relation(project, card.waiting), *_lost(card, need=False)])
    yield "Belongs to", aligned(list(_relation(project, card.wholes)))
    yield "Holds", aligned(list(_relation(project, card.parts)))
    for category, found in card.criteria.items():
        tally = of_criteria(found)
        yield f"{category or 'Criteria'} ({tally.done}/{tally.total})", (_box(project, card.record, one) for one in found)
    yield "Evidence", aligned([(one.field, _proof(one), _SETTLED[one.there]) for one in card.proofs])
    yield (
        "Problems",
        (
            escape(f"{one.code} line {_line(project, card.record, one.span.start)}: {one.message}")
            for one in card.record.problems
        ),
    )
    yield "Spoken of in", aligned([(f"{one.path}:{one.line}:{one.column}", _says(one)) for one in card.spoken])


def _value(value: Json) -> str:
    return ", ".join(f"{key}: {one_line(one)}" for key, one in value.items()) if isinstance(value, dict) else one_line(value)


def _relation(project: Project, records: Sequence[Record]) -> Iterator[tuple[str, str, str]]:
    return ((pointer(project, one), one.title, status_cell(one)) for one in records)


def _lost(card: Card, *, need: bool) -> Iterator[tuple[str, str, str]]:
    return ((one.text, f"there is no such {one.kind or 'record'}", "") for one in card.missing if one.need is need)


def _status(record: Record) -> str:
    return words(record.status.value) if record.status else "no known status"


def _box(project: Project, record: Record, criterion: Criterion) -> str:
    mark = "~" if criterion.dropped else "x" if criterion.met else " "
    return f"[{mark}] {escape(one_line(criterion.text))}  (line {_line(project, record, criterion.span.start)})"


def _proof(proof: Proof) -> str:
    return f"{proof.text} ({proof.found})" if proof.found and proof.found != proof.text else proof.text


def _says(spoken: Spoken) -> str:
    moment = f" ({spoken.as_of})" if spoken.as_of else ""
    return f"{spoken.says or 'named'}{moment}"


def _line(project: Project, record: Record, offset: int) -> int:
    return project.documents[record.path].lines.line(offset)


def _related(project: Project, records: Iterable[Record]) -> list[Json]:
    return [{**brief(project, one), "settled": one.status is not None and one.status.is_settled} for one in records]


def _category_json(project: Project, card: Card, name: str, found: Sequence[Criterion]) -> dict[str, Json]:
    tally = of_criteria(found)
    boxes: list[Json] = [
        {
            "text": one.text,
            "met": one.met,
            "dropped": one.dropped,
            "line": _line(project, card.record, one.span.start),
        }
        for one in found
    ]
    return {"category": name, "done": tally.done, "total": tally.total, "criteria": boxes}


def _spoken_json(one: Spoken) -> dict[str, Json]:
    return {"path": one.path, "line": one.line, "column": one.column, "says": one.says or None, "as_of": one.as_of or None}
