from __future__ import annotations

from typing import Any

import pytest
from making import document, holes, mention, project, quantity, record
from msgspec.structs import replace

from docsync.models.claims import Form, Quantity, Scope
from docsync.models.diagnostics import Safety, Severity
from docsync.models.document import DocumentFacts
from docsync.models.records import Home
from docsync.models.status import Status
from docsync.validator.readings import Among
from docsync.validator.run import run
from docsync.validator.scoping import Claim
from docsync.validator.subjects import Subject, subject_of

DONE, OPEN, BUSY, STUCK = Status.RESOLVED, Status.PENDING, Status.IN_PROGRESS, Status.BLOCKED
PLAN = document(
    "docs/plan.md",
    records=(
        record("P1", DONE, "phase"),
        record("P2", OPEN, "phase"),
        record("H1", DONE, phase="P1"),
        record("H2", DONE, phase="P2"),
        record("H3", OPEN, phase="P2"),
        record("H4", BUSY, phase="P2"),
        record("S7", None, "session"),
    ),
)


def subject(claim: Quantity, *documents: DocumentFacts, path: str = "docs/STATE.md", **facts: Any) -> Subject | None:  # noqa: ANN401
    own = document(path, quantities=(claim,), **facts)
    made = project(own, *(documents or (PLAN,)))
    return subject_of(Claim(made, made.documents[path], claim))


def fraction(text: str = "1/4", /, **said: Any) -> Quantity:  # noqa: ANN401 - any field of a quantity
    count, total = text.split("/")
    return replace(quantity(text, count, total, noun="holes", state="resolved"), **said)


def lone(text: str = "2", /, **said: Any) -> Quantity:  # noqa: ANN401 - any field of a quantity
    return replace(quantity(text, text, noun="holes", state="resolved"), **said)


def test_noun_and_state_give_kind_and_measure() -> None:
    found = subject(fraction())
    assert found is not None
    assert (found.kind.name, found.state, found.within, found.certain) == ("hole", "resolved", None, True)
    assert found.expression == "holes.resolved"


@pytest.mark.parametrize(
    "place",
    [
        {"entities": ("phase 2",)},
        {"scope": Scope(entities=("P2",))},
        {"scope": Scope(("Plan", "Phase 2"), entities=("phase 2", "S7"))},
    ],
)
def test_phase_named_in_the_line_or_above_it_narrows_the_scope(place: dict[str, Any]) -> None:
    found = subject(fraction("1/3", **place))
    assert found is not None
    assert found.among == Among("hole", "P2")
    assert found.expression == "holes[phase=P2].resolved"
    assert "P2 is named" in found.why


def test_file_that_is_the_home_of_a_phase_speaks_of_it() -> None:
    phase = replace(record("P2", OPEN, "phase", "docs/P2.md"), home=Home.FILE)
    rest = replace(PLAN, records=tuple(one for one in PLAN.records if one.id != "P2"))
    found = subject(fraction("1/3"), rest, path="docs/P2.md", records=(phase,))
    assert found is not None
    assert found.within == phase
    whole = subject(fraction("1/4"), rest, path="docs/P2.md", records=(phase,))
    assert whole is not None
    assert whole.within is None


@pytest.mark.parametrize(
    "said",
    [
        {"noun": "whales"},
        {"state": "painted"},
        {"qualifier": "interface"},
        {"aim": True},
        {"entities": ("phase 9",)},
        {"entities": ("P1", "P2")},
        {"entities": ("P2", "S9")},
        {"entities": ("S7",)},
        {"scope": Scope(("State", "Success Metrics"))},
        {"scope": Scope(lead="Target for May")},
        {"text": "1/4 holes resolved this week"},
        {"text": "once 1/4 holes are resolved"},
    ],
)
def test_what_is_not_certain_has_no_subject(said: dict[str, Any]) -> None:
    assert subject(fraction(**said)) is None


@pytest.mark.parametrize("text", ["Backend", "Critical Path", "Wave 2"])
def test_heading_that_narrows_the_scope_leaves_only_a_total_that_agrees(text: str) -> None:
    scope = Scope(("State", text))
    narrowed = subject(fraction("1/4", scope=scope))
    assert narrowed is not None
    assert not narrowed.certain
    assert subject(fraction("1/5", scope=scope)) is None
    assert subject(lone(scope=scope)) is None


@pytest.mark.parametrize("text", ["Current state", "Overall progress", "Holes resolved", "Where we are now"])
def test_heading_that_leaves_the_scope_open_leaves_any_total(text: str) -> None:
    found = subject(fraction("1/5", scope=Scope(("State", text))))
    assert found is not None
    assert found.certain


def test_title_of_the_document_does_not_narrow_the_scope() -> None:
    scope = Scope(("Ferry rebuild",))
    assert subject(fraction("1/5", scope=scope)) is None
    assert subject(fraction("1/5", scope=scope), title="Ferry rebuild") is not None


def test_item_of_the_kind_in_the_line_leaves_only_a_total_that_agrees() -> None:
    assert subject(fraction("1/4", entities=("H1",))) is not None
    assert subject(fraction("1/5", entities=("H1",))) is None
    assert subject(fraction("1/5", entities=("H1",), listed=("H1",))) is not None


def test_number_without_total_must_stand_alone() -> None:
    assert subject(lone()) is not None
    assert subject(lone(form=Form.PROSE)) is None
    assert subject(lone(form=Form.PROSE, every=True)) is not None
    assert subject(lone(form=Form.PROSE, text="in total 2 holes are resolved")) is not None


def test_number_without_state_counts_all_only_where_it_says_so() -> None:
    assert subject(lone(state="", key="Holes")) is None
    total = subject(lone("4", state="", key="Total holes"))
    assert total is not None
    assert total.expression == "holes.total"


def test_fraction_without_state_counts_what_is_done_where_the_key_speaks_of_progress() -> None:
    found = subject(fraction("1/4", state="", key="Progress"))
    assert found is not None
    assert (found.state, found.certain) == ("resolved", False)
    assert subject(fraction("1/4", state="", key="Cost")) is None


def test_fraction_without_noun_counts_the_one_kind_whose_total_it_is() -> None:
    row = fraction("1/3", noun="", state="", key="Progress", entities=("phase 2",), form=Form.ROW)
    found = subject(row)
    assert found is not None
    assert (found.expression, found.certain) == ("holes[phase=P2].resolved", False)
    assert subject(replace(row, key="Tests")) is None
    assert subject(fraction("1/2", noun="", key="Progress", entities=("phase 2",))) is None
    tasks = document("docs/tasks.md", records=tuple(record(f"T{n}", OPEN, "task", phase="P2") for n in (1, 2, 3)))
    assert subject(row, PLAN, tasks) is None


def test_unknown_status_of_one_record_leaves_only_the_total() -> None:
    partly = document("docs/holes.md", records=(record("H1", DONE), record("H2")))
    assert subject(fraction("1/2"), partly) is None
    assert subject(lone("2", state="", key="Total holes"), partly) is not None


def test_document_of_another_folder_must_name_a_record() -> None:
    harbour = holes(DONE, OPEN, path="harbour/holes.md")
    assert subject(fraction("9/18"), harbour, path="golf/STATE.md") is None
    assert subject(fraction("9/18"), harbour, path="golf/STATE.md", mentions=(mention("H1"),)) is not None
    assert subject(fraction("9/18"), harbour, path="README.md") is not None
    assert subject(fraction("9/18"), harbour, path="harbour/STATE.md") is not None


@pytest.mark.parametrize(
    ("text", "state", "wrong"),
    [
        ("1/5", "resolved", ""),
        ("2/5", "resolved", ""),
        ("3/5", "resolved", "1 is: H1"),
        ("1/4", "resolved", ""),
        ("1/3", "resolved", ""),
        ("1/6", "resolved", "1 of 5 is: H1"),
        ("2/5", "open", ""),
        ("3/5", "open", ""),
        ("4/5", "open", "2 are: H2 and H3"),
        ("1/5", "blocked", ""),
        ("2/5", "blocked", "1 is: H3"),
        ("0/5", "in progress", ""),
        ("1/5", "in progress", "0 are"),
    ],
)
def test_number_is_wrong_only_when_no_usual_way_to_count_fits(text: str, state: str, wrong: str) -> None:
    made = holes(DONE, OPEN, STUCK, Status.CANCELLED, Status.DEFERRED)
    found = run(project(made, document(quantities=(fraction(text, state=state),)))).diagnostics
    noun = "holes in_progress" if state == "in progress" else f"holes {state}"
    said = [one.message for one in found]
    assert said == ([f"says {text} {noun.replace('_', ' ')}; {wrong}"] if wrong else [])


def test_percentage_alone_is_compared_with_the_share() -> None:
    made = holes(DONE, OPEN, OPEN)
    right = quantity("33% of holes resolved", percent="33", noun="holes", state="resolved")
    wrong = replace(quantity("50% of holes resolved", percent="50", noun="holes", state="resolved"))
    assert run(project(made, document(quantities=(right,)))).diagnostics == ()
    (found,) = run(project(made, document(quantities=(wrong,)))).diagnostics
    assert found.message == "says 50% holes resolved; 1 of 3 is (33.3%): H1"


@pytest.mark.parametrize(
    ("claim", "binding"),
    [
        (fraction("3/8"), "holes.resolved/holes.total"),
        (fraction("3/8", entities=("phase 2",)), "holes[phase=P2].resolved/holes[phase=P2].total"),
        (quantity("60%", percent="60", noun="holes", state="resolved"), "holes.resolved/holes.total"),
        (lone("3"), "holes.resolved"),
    ],
)
def test_binding_that_is_proposed_keeps_all_of_a_number_true(claim: Quantity, binding: str) -> None:
    (found,) = run(project(PLAN, document(quantities=(claim,)))).diagnostics
    assert found.code == "DS201"
    assert f"`<!-- docsync:claim {binding} -->`" in found.help
    after = replace(claim, binding=binding, scope=Scope())
    (stale,) = run(project(PLAN, document(quantities=(after,)))).diagnostics
    assert stale.code == "DS210"
    assert stale.fix is not None
    assert len(stale.fix.changes) == len(claim.numbers)


NARROWED = Scope(headings=("Standing of the weir",))


def test_fraction_that_may_count_all_and_has_no_total_of_theirs_is_a_note() -> None:
    outcome = run(project(PLAN, document(quantities=(fraction("2/5", scope=NARROWED),))))
    (found,) = outcome.diagnostics
    assert (found.code, found.severity, found.fix) == ("DS201", Severity.INFO, None)
    assert found.message == "says 2/5 holes resolved; 4 are declared, 2 of them resolved"
    assert "`<!-- docsync:claim holes.resolved/holes.total -->`" in found.help
    assert (outcome.tally.confirmed, outcome.tally.contradicted, outcome.tally.unverifiable) == (0, 0, 1)


def test_percentage_that_fits_a_fraction_confirms_no_count() -> None:
    claim = replace(quantity("1/5 (20%)", "1", "5", "20", noun="holes", state="resolved"), scope=NARROWED)
    outcome = run(project(PLAN, document(quantities=(claim,))))
    assert [one.severity for one in outcome.diagnostics] == [Severity.INFO]
    assert (outcome.tally.confirmed, outcome.tally.unverifiable) == (0, 1)


@pytest.mark.parametrize("key", ["Status of the whole", "Entire project"])
def test_words_for_the_whole_leave_no_doubt(key: str) -> None:
    (found,) = run(project(PLAN, document(quantities=(fraction("1/2", key=key),)))).diagnostics
    assert (found.code, found.severity) == ("DS201", Severity.ERROR)


@pytest.mark.parametrize(
    "claim",
    [
        fraction("1/3", scope=NARROWED),  # so many belong to P2
        fraction("2/9", scope=Scope(headings=("Weir of wave one",))),
        fraction("2/9", scope=Scope(headings=("Weir",), entities=("P9",))),
        fraction("2/9", scope=NARROWED, entities=("H3",)),
        fraction("2/9", scope=NARROWED, qualifier="weir"),
        fraction("2/9", scope=NARROWED, noun="leaks"),
        fraction("2/9", scope=replace(NARROWED, as_of="session 2")),
        fraction("2/9", scope=NARROWED, aim=True),
        fraction("2/9", scope=Scope(headings=("Masonry",))),  # the category of one
        lone("9", scope=NARROWED),
    ],
)
def test_fraction_that_may_be_of_a_part_is_passed_over(claim: Quantity) -> None:
    plan = replace(PLAN, records=(*PLAN.records, record("H5", OPEN, category="masonry")))
    assert run(project(plan, document(quantities=(claim,)))).diagnostics == ()


def test_inexact_numbers_are_met_by_what_they_admit() -> None:
    made = holes(DONE, OPEN, OPEN)
    claim = lone("2", state="", key="Total holes")
    assert claim.count is not None
    more = replace(claim, count=replace(claim.count, at_least=True))
    assert run(project(made, document(quantities=(more,)))).diagnostics == ()
    (found,) = run(project(made, document(quantities=(claim,)))).diagnostics
    assert found.message == "says 2 holes; there are 3"


def test_fix_is_safe_only_where_kind_state_and_scope_are_written() -> None:
    made = holes(DONE, DONE, OPEN)
    claims = {Safety.SAFE: fraction("1/3"), Safety.UNSAFE: fraction("1/3", state="", key="Progress")}
    for safety, claim in claims.items():
        (found,) = run(project(made, document(quantities=(claim,)))).diagnostics
        assert found.fix is not None
        assert found.fix.safety is safety


def test_many_records_are_counted_and_not_all_listed() -> None:
    made = holes(*[DONE] * 30)
    (found,) = run(project(made, document(quantities=(fraction("5/30"),)))).diagnostics
    assert found.message == "says 5/30 holes resolved; 30 are: H1, H2, H3, H4, H5, H6 and 24 more"
    assert len(found.related) == 12


def listed(text: str, *ids: str, state: str = "resolved") -> Quantity:
    count, _, total = text.partition("/")
    return quantity(text, count, total, noun="holes", state=state, listed=ids)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (listed("2/3", "H1", "H2"), []),
        (listed("2/3", "H1", "H3"), ["says 2/3 holes resolved (H1 and H3); H3 is pending"]),
        (listed("2", "H1", "H9"), []),
        (listed("1/3", "H1", "H2"), ["says 1/3 holes resolved; 2 are: H1 and H2"]),
        (listed("2", "H1", "H4", state="painted"), []),
    ],
)
def test_records_listed_beside_a_number_are_looked_up_one_by_one(claim: Quantity, said: list[str]) -> None:
    made = project(holes(DONE, DONE, OPEN), document(quantities=(replace(claim, form=Form.PROSE),)))
    assert [one.message for one in run(made).diagnostics] == said


def test_listed_records_confirm_a_number_that_has_no_other_subject() -> None:
    claim = replace(listed("2", "H1", "H2"), form=Form.PROSE)
    assert run(project(holes(DONE, DONE, OPEN), document(quantities=(claim,)))).tally.confirmed == 1
    unknown = document("docs/holes.md", records=(record("H1", DONE), record("H2")))
    assert run(project(unknown, document(quantities=(claim,)))).tally.confirmed == 0


@pytest.mark.parametrize(("state", "fits"), [("ready", ("1", "2")), ("blocked", ("1", "2")), ("total", ("4",))])
def test_dependencies_give_another_reading_of_ready_and_blocked(state: str, fits: tuple[str, ...]) -> None:
    records = (
        record("H1", Status.READY),
        record("H2", OPEN),
        record("H3", STUCK, blocked_by=["H1", "H2"]),
        record("H4", OPEN, blocked_by=["H1"]),
    )
    for count in ("1", "2", "3", "4"):
        claim = replace(lone(count, state=state), key="Holes")
        found = run(project(document("docs/holes.md", records=records), document(quantities=(claim,)))).diagnostics
        assert (found == ()) is (count in fits)
