from __future__ import annotations

import pytest
from making import document, holes, mention, project, record
from msgspec.structs import replace

from docsync.models.claims import Form, Mention, Scope
from docsync.models.diagnostics import Diagnostic
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.validator.run import run

DONE, OPEN, STUCK, BUSY = Status.RESOLVED, Status.PENDING, Status.BLOCKED, Status.IN_PROGRESS


def found(*documents: DocumentFacts) -> list[Diagnostic]:
    return list(run(project(*documents)).diagnostics)


def said(*mentions: Mention) -> list[str]:
    return [one.message for one in found(document(mentions=mentions))]


def test_status_is_compared_with_the_home() -> None:
    (one,) = found(holes(DONE), document(mentions=(mention("H1", STUCK),)))
    assert one.message == "H1 is blocked here, but resolved in its home: what is done waits for nothing"
    assert [(place.place.path, place.message) for place in one.related] == [("docs/holes.md", "the home of H1 says resolved")]


def test_agreeing_status_is_confirmed_and_one_that_goes_with_it_is_not_judged() -> None:
    agreeing, close = mention("H1", BUSY), mention("H1", OPEN, 20)
    tally = run(project(holes(BUSY), document(mentions=(agreeing, close)))).tally
    assert (tally.confirmed, tally.contradicted, tally.unverifiable) == (1, 0, 1)


def test_sign_in_running_text_is_decoration() -> None:
    sign = mention("H1", STUCK, form=Form.PROSE, raw="🔒")
    assert found(holes(DONE), document(mentions=(sign,))) == []
    assert len(found(holes(DONE), document(mentions=(replace(sign, form=Form.ROW),)))) == 1
    assert len(found(holes(DONE), document(mentions=(replace(sign, raw="🔒 blocked"),)))) == 1


def test_history_is_not_compared() -> None:
    past = mention("H1", OPEN, scope=Scope(as_of="session 2"))
    assert found(holes(DONE), document(mentions=(past,))) == []


def test_name_that_several_records_bear_with_different_statuses_is_not_compared() -> None:
    twice = document("docs/b.md", records=(record("H1", DONE, kind="task", path="docs/b.md"),))
    assert found(holes(OPEN), twice, document(mentions=(mention("H1", STUCK), mention("H1", DONE, 20)))) == []
    assert len(found(holes(OPEN), document(mentions=(mention("H1", STUCK), mention("H1", DONE, 20))))) == 1


def test_things_without_home_are_compared_within_a_document() -> None:
    assert said(mention("H1", OPEN), mention("h1", DONE, 20)) == [
        "H1 is pending here, but resolved elsewhere: what is done is no longer to be started"
    ]
    assert said(mention("H1", OPEN), mention("H2", DONE, 20)) == []
    one, other = document("a.md", mentions=(mention("H1", OPEN),)), document("b.md", mentions=(mention("H1", DONE),))
    assert found(one, other) == []


def test_every_place_left_behind_is_named_once() -> None:
    places = [mention("phase 2", status, 20 * at) for at, status in enumerate((OPEN, DONE, BUSY, DONE))]
    (one,) = found(document(mentions=tuple(places)))
    assert one.place.span.start == 0
    assert {place.place.span.start: place.message for place in one.related} == {
        20: "phase 2 is resolved here",
        40: "phase 2 is in progress here",
        60: "phase 2 is resolved here",
    }


def test_not_started_contradicts_work_in_progress() -> None:
    assert said(mention("H1", OPEN, raw="Not started"), mention("H1", BUSY, 20)) != []
    assert said(mention("H1", OPEN, raw="Open"), mention("H1", BUSY, 20)) == []


def test_blocked_by_what_the_document_calls_done() -> None:
    waiting = mention("H2", STUCK, 40, raw="Blocked by H1", targets=("H1",))
    (one,) = found(document(mentions=(mention("H1", DONE), waiting)))
    assert (one.code, one.message) == ("DS404", "H2 is blocked by H1 here, but H1 is resolved")
    assert said(mention("H1", DONE), replace(waiting, targets=("H1", "H3"))) == []
    assert said(mention("H1", BUSY), waiting) == []
    assert said(mention("H1", DONE), replace(waiting, targets=())) == []


@pytest.mark.parametrize(
    ("raw", "silent"),
    [
        ("blocked", False),
        ("Blocked by H1", False),
        ("🔒 still blocked by H1", False),
        ("blocked by the vendor", True),
        ("waiting for review", True),
    ],
)
def test_blocked_record_is_not_judged_where_it_gives_another_reason(raw: str, silent: bool) -> None:  # noqa: FBT001
    stuck = record("H2", STUCK, blocked_by=["H1"])
    stuck = replace(stuck, fields={**stuck.fields, "status": replace(stuck.fields["status"], raw=raw)})
    codes = [one.code for one in found(document(records=(record("H1", DONE), stuck)))]
    assert codes == ([] if silent else ["DS404"])


@pytest.mark.parametrize("other", [Status.PENDING, Status.DEFERRED, None])
def test_blocked_record_is_not_judged_while_anything_else_holds_it_up(other: Status | None) -> None:
    records = (record("H1", DONE), record("H3", other), record("H2", STUCK, blocked_by=["H1", "H3"]))
    assert found(document(records=records)) == []
