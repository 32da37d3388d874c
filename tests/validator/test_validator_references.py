from __future__ import annotations

import time

import pytest
from making import document, holes, mention, project, record
from msgspec.structs import replace

from docsync.models.claims import Scope
from docsync.models.records import Json
from docsync.models.status import Status
from docsync.text.spans import Span
from docsync.validator.nearmiss import spellings
from docsync.validator.run import run

DONE, OPEN = Status.RESOLVED, Status.PENDING


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("H6", "H6"),
        ("h06", "H6"),
        ("H16", "H6"),
        ("API_12", "API-12"),
        ("AP-12", "API-12"),
        ("API-13", "API-12"),
        ("API-345", ""),
    ],
)
def test_near_miss_is_one_character_away(asked: str, near: str) -> None:
    assert spellings(["H6", "API-12"]).near(asked) == near


def test_near_miss_of_many_ids_takes_no_time() -> None:
    known = spellings(f"H{number}" for number in range(20_000))
    began = time.process_time()
    assert all(known.near(f"X{number}Y{number}") == "" for number in range(1000, 3000))
    assert time.process_time() - began < 5


def messages(*mentions: str, known: tuple[str, ...] = ("H1", "H2"), kind: str = "hole") -> list[str]:
    homes = document("docs/homes.md", records=tuple(record(one, OPEN, kind) for one in known))
    spoken = tuple(mention(one, start=20 * at) for at, one in enumerate(mentions))
    return [one.message.partition(" is named")[0] for one in run(project(homes, document(mentions=spoken))).diagnostics]


def test_id_that_no_record_bears_is_unknown_where_the_document_speaks_of_the_kind() -> None:
    assert messages("H1", "H7") == ["H7"]
    assert messages("H7") == []


def test_other_prefixes_priorities_and_other_kinds_are_not_judged() -> None:
    assert messages("H1", "B7", "S3", "phase 4") == []
    assert messages("H1", "H02") == []
    assert messages("P5", "P1", "P9", known=("P5",), kind="phase") == ["P9"]


def test_unknown_id_is_reported_once_in_a_document() -> None:
    assert messages("H1", "H7", "H7", "H8") == ["H7", "H8"]


def test_history_is_not_judged() -> None:
    past = mention("H7", start=20, scope=Scope(as_of="session 2"))
    assert run(project(holes(OPEN), document(mentions=(mention("H1"), past)))).diagnostics == ()


def test_targets_of_a_mention_are_looked_up_too() -> None:
    waits = replace(mention("H1", start=20), name="blocked_by", raw="H1–H4", targets=("H1", "H2", "H3", "H4"))
    found = run(project(holes(OPEN, OPEN, OPEN), document(mentions=(waits,)))).diagnostics
    assert [(one.message, one.place.span) for one in found] == [
        ("H4 is named here, but no hole has that id; did you mean H1?", Span(20, 25))
    ]


@pytest.mark.parametrize(
    ("field", "value", "unknown"),
    [
        ("blocked_by", ["H9"], True),
        ("blocked_by", ["h1"], False),
        ("blocked_by", ["the licence server"], False),
        ("blocked_by", ["Q9"], False),
        ("phase", "P7", True),
        ("phase", "7", True),
        ("phase", "Phase 1", False),
        ("phase", "later", False),
    ],
)
def test_reference_field_must_name_a_record(field: str, value: Json, unknown: bool) -> None:  # noqa: FBT001
    records = (record("P1", OPEN, "phase"), record("H1", OPEN), replace(record("H2", OPEN), values={field: value}))
    found = run(project(document(records=records))).diagnostics
    assert [one.code for one in found] == (["DS501"] if unknown else [])


def test_reference_to_a_kind_without_records_is_not_judged() -> None:
    assert run(project(document(records=(record("H1", OPEN, phase="P7"),)))).diagnostics == ()
