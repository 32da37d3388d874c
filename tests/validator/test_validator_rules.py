from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from making import document, mention, project, quantity, record
from msgspec.structs import replace

from docsync.models.claims import CHANGE, DateStamp, Form, Quantity, Scope
from docsync.models.document import Region
from docsync.models.expectations import Expectation
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.text.spans import Span
from docsync.validator.run import run

DONE, OPEN, BUSY = Status.RESOLVED, Status.PENDING, Status.IN_PROGRESS


def shares(claim: Quantity) -> tuple[int, int]:
    """Give how many numbers are confirmed, which none is by a percentage that fits, and how many percentages do not hold."""
    tally = run(project(document(quantities=(claim,)))).tally
    return tally.confirmed, tally.contradicted


@pytest.mark.parametrize(
    ("text", "numbers", "verdict"),
    [
        ("5/19 (26.3%)", ("5", "19", "26.3"), (0, 0)),
        ("4/14 (28%)", ("4", "14", "28"), (0, 0)),
        ("4/14 (29%)", ("4", "14", "29"), (0, 0)),
        ("4/14 (30%)", ("4", "14", "30"), (0, 1)),
        ("5/20, 75% to go", ("5", "20", "75"), (0, 0)),
        ("0/0 (0%)", ("0", "0", "0"), (0, 0)),
        ("4/29 passing, 66% coverage", ("4", "29", "66"), (0, 0)),
        ("coverage 66%, 4/29 passing (50%)", ("4", "29", "50"), (0, 0)),
    ],
)
def test_percentage_follows_from_the_fraction(text: str, numbers: tuple[str, str, str], verdict: tuple[int, int]) -> None:
    assert shares(quantity(text, *numbers)) == verdict


def test_open_ended_numbers_changes_and_what_waits_are_not_compared() -> None:
    claim = quantity("4/14 (50%)", "4", "14", "50")
    assert claim.count is not None
    assert shares(claim) == (0, 1)
    assert shares(replace(claim, count=replace(claim.count, at_least=True))) == (0, 0)
    assert shares(replace(claim, scope=Scope(as_of=CHANGE))) == (0, 0)
    assert shares(replace(claim, scope=Scope(as_of="session 2"))) == (0, 1)
    assert shares(replace(claim, state="queued")) == (0, 0)
    bound = document(quantities=(replace(claim, total=None, binding="holes.total"),))
    assert [one.code for one in run(project(bound)).diagnostics] == ["DS210"]


@pytest.mark.parametrize(
    ("percent", "said", "verdict"),
    [
        ("26", {"approximate": True}, (0, 0)),
        ("31", {"approximate": True}, (0, 0)),
        ("50", {"approximate": True}, (0, 1)),
        ("35", {"upper": Decimal(6)}, (0, 0)),
        ("42", {"upper": Decimal(6)}, (0, 0)),
        ("50", {"upper": Decimal(6)}, (0, 1)),
        ("65", {"upper": Decimal(6)}, (0, 0)),
    ],
)
def test_rough_count_allows_what_it_may_be(percent: str, said: dict[str, Any], verdict: tuple[int, int]) -> None:
    claim = quantity(f"4/14 ({percent}%)", "4", "14", percent)
    assert claim.count is not None
    assert shares(replace(claim, count=replace(claim.count, **said))) == verdict


def stamp(iso: str, key: str, at: int, **said: object) -> DateStamp:
    made = DateStamp(Span(at, at + len(iso)), iso, key, Scope(("State",)), Form.KEY_VALUE)
    return replace(made, **said)


def stale(*dates: DateStamp) -> list[str]:
    return [one.message for one in run(project(document(dates=dates, title="State"))).diagnostics]


@pytest.mark.parametrize("key", ["Last Updated", "updated", "Last modified", "last_updated", "Updated on"])
def test_stamp_older_than_what_was_done_is_stale(key: str) -> None:
    done = stamp("2026-03-09", "Completed", 50)
    assert stale(stamp("2026-03-02", key, 0), done) == ["last updated 2026-03-02, but the document tells of 2026-03-09"]
    assert stale(stamp("2026-03-09", key, 0), done) == []


@pytest.mark.parametrize(
    "other",
    [
        stamp("2026-03-09", "", 50),
        stamp("2026-03-09", "Due", 50),
        stamp("2026-03-09", "Completed", 50, ahead=True),
        stamp("2026-03-09", "Completed", 50, scope=Scope(("State", "Milestone 3"))),
        stamp("2026-03-09", "Completed", 50, scope=Scope(("State",), as_of="template")),
        stamp("2026-03", "Completed", 50),
    ],
)
def test_plans_text_and_months_make_no_stamp_stale(other: DateStamp) -> None:
    assert stale(stamp("2026-03-02", "Updated", 0), other) == []


def test_dated_heading_makes_a_stamp_stale() -> None:
    heading = stamp("2026-03-09", "", 50, form=Form.HEADING, scope=Scope(as_of="2026-03-09"))
    assert len(stale(stamp("2026-03-02", "Updated", 0), heading)) == 1


def test_older_of_head_and_foot_is_stale_and_stamps_of_sections_are_not() -> None:
    foot = stamp("2026-03-02", "Last updated", 90, scope=Scope(("State", "Notes")))
    inner = stamp("2026-01-01", "Last updated", 50, scope=Scope(("State", "Cable")))
    head = stamp("2026-03-09", "Last updated", 0)
    assert stale(head, foot) == ["last updated 2026-03-02, but the document tells of 2026-03-09"]
    assert stale(head, inner, foot) == []


def test_stamp_in_words_is_reported_and_not_rewritten() -> None:
    worded = replace(stamp("2026-03-02", "Updated", 0), span=Span(0, 13))
    (found,) = run(project(document(dates=(worded, stamp("2026-03-09", "Date", 50))))).diagnostics
    assert found.fix is None


def phases(*made: Record) -> list[str]:
    return [one.message for one in run(project(document("docs/plan.md", records=made))).diagnostics]


def test_phase_behind_an_open_gate_is_reported() -> None:
    gate = record("G1", OPEN, "gate", phase="P1")
    first, second = record("P1", DONE, "phase"), record("P2", BUSY, "phase")
    assert phases(first, second, gate) == ["P2 is in progress, but gate G1, which ends P1 before it, is pending"]
    assert phases(first, record("P2", OPEN, "phase"), gate) == []
    assert phases(first, second, record("G1", DONE, "gate", phase="P1")) == []
    assert phases(first, second, record("G1", Status.DEFERRED, "gate", phase="P1")) == []
    assert phases(first, second, gate, record("G1b", OPEN, "gate", phase="P1")) == []
    assert phases(first, second, gate, record("phase 2", OPEN, "phase")) == []
    assert (
        len(phases(record("P1.9", DONE, "phase"), record("P1.10", BUSY, "phase"), record("G1", OPEN, "gate", phase="P1.9")))
        == 1
    )


def test_title_of_another_record_and_no_other_is_a_wrong_name() -> None:
    made = tuple(replace(record(f"H{n}", OPEN), title=title) for n, title in enumerate(("Tides", "Berths", "Berths"), 1))
    unnamed = record("H4", OPEN)

    def said(entity: str, title: str) -> list[str]:
        named = replace(mention(entity), name="title", raw=title)
        homes = document("docs/holes.md", records=(*made, unnamed))
        return [one.message for one in run(project(homes, document(mentions=(named,)))).diagnostics]

    assert said("H2", "Tides") == ["H2 is called Tides here; H2 is Berths, and Tides is H1"]
    assert said("H1", "Berths") == []
    assert said("H1", "Ebb") == []
    assert said("H4", "Tides") == []


def test_expectation_of_a_region_that_is_gone_is_passed_over() -> None:
    region = Region("kept", "table", {}, Span(0, 5), Span(20, 25), Span(6, 20), "", "old")
    made = project(document(regions=(region,)))
    gone = Expectation(region.id.upper(), "gone", "new", fresh=False)
    wrong = Expectation("docs/STATE.md", "kept", "new", fresh=False)
    (found,) = run(replace(made, expectations=(gone, wrong))).diagnostics
    assert found.code == "DS601"
