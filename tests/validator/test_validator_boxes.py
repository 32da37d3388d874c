from __future__ import annotations

from typing import Any

import pytest
from making import document, mention, project, quantity, record
from msgspec.structs import replace

from docsync.models.claims import Form, Quantity, Scope
from docsync.models.document import Checklist, DocumentFacts
from docsync.models.records import Criterion, Home, Record
from docsync.models.status import Status
from docsync.text.spans import Span
from docsync.validator.run import run

DONE, OPEN = Status.RESOLVED, Status.PENDING


def with_boxes(made: Record, marks: str) -> Record:
    """Give a record one criterion for each mark: x is met, a space is not, - is dropped."""
    criteria = (Criterion("it holds", "", mark == "x", Span(0, 1), Span(0, 1), dropped=mark == "-") for mark in marks)
    return replace(made, criteria=tuple(criteria))


GATES = document(
    "docs/gates.md",
    records=(
        record("P1", OPEN, "phase"),
        with_boxes(record("G1", OPEN, "gate", phase="P1"), "xx -"),
        with_boxes(record("H1", OPEN), "x "),
        record("H2", OPEN),
        with_boxes(record("H3", OPEN), "--"),
    ),
)


def fraction(text: str, /, **said: Any) -> Quantity:  # noqa: ANN401 - any field of a quantity
    count, total = text.split("/")
    return replace(quantity(text, count, total), **said)


def messages(claim: Quantity, *documents: DocumentFacts, **facts: Any) -> list[str]:  # noqa: ANN401 - any field of a document
    own = document("docs/STATE.md", quantities=(claim,), **facts)
    return [one.message for one in run(project(own, *(documents or (GATES,)))).diagnostics]


@pytest.mark.parametrize(
    "said",
    [
        {"noun": "criteria", "state": "met", "entities": ("gate 1",)},
        {"noun": "criteria", "scope": Scope(entities=("G1", "P1"))},
        {"entities": ("G1",)},
        {"key": "Gate", "entities": ("P1",)},
        {"key": "Gate criteria", "noun": "criteria", "entities": ("phase 1",)},
    ],
)
def test_criteria_of_what_the_text_names(said: dict[str, Any]) -> None:
    assert messages(fraction("2/3", **said)) == []
    assert messages(fraction("1/3", **said)) == ["says 1/3 criteria of G1 are met; 2 of 3 are"]


def test_open_criteria_are_counted_too() -> None:
    said = {"noun": "criteria", "state": "open", "entities": ("G1",)}
    assert messages(fraction("1/3", **said)) == []
    assert messages(fraction("2/3", **said)) == ["says 2/3 criteria of G1 are open; 1 of 3 is"]


def test_wrong_total_is_wrong_only_where_the_line_names_both() -> None:
    assert messages(fraction("2/4", noun="criteria", entities=("G1",))) == ["says 2/4 criteria of G1 are met; 2 of 3 are"]
    assert messages(fraction("2/4", noun="criteria", scope=Scope(entities=("G1",)))) == []
    assert messages(fraction("2/4", entities=("G1",))) == []


@pytest.mark.parametrize(
    "said",
    [
        {"noun": "criteria", "aim": True, "entities": ("G1",)},
        {"noun": "criteria", "entities": ("G1", "H1")},
        {"noun": "criteria", "entities": ("G1", "G9")},
        {"noun": "criteria", "entities": ("H2",)},
        {"noun": "criteria", "entities": ("H3",)},
        {"noun": "tests", "entities": ("G1",)},
        {"entities": ("H1",)},
        {"noun": "criteria", "scope": Scope(entities=("week 2", "G1"))},
        {"key": "Gate", "entities": ("H1",)},
        {"noun": "criteria"},
    ],
)
def test_criteria_of_nothing_certain_are_not_judged(said: dict[str, Any]) -> None:
    assert messages(fraction("1/3", **said)) == []


def test_file_that_is_the_home_of_a_record_speaks_of_its_criteria() -> None:
    home = with_boxes(replace(record("H8", OPEN, path="docs/STATE.md"), home=Home.FILE), "xx ")
    assert messages(fraction("1/3", noun="criteria"), GATES, records=(home,)) == ["says 1/3 criteria of H8 are met; 2 of 3 are"]


def box_list(title: str, start: int, end: int, *, met: int, total: int) -> Checklist:
    return Checklist(title, Span(start, start + 10), Span(start, end), met, total, 0, met, total)


LISTS = (
    box_list("All", 0, 300, met=5, total=9),
    box_list("First", 20, 100, met=2, total=3),
    box_list("Second", 100, 200, met=3, total=6),
    box_list("Inner", 120, 140, met=1, total=2),
)


@pytest.mark.parametrize(
    ("at", "text", "title"),
    [(22, "1/3", "First"), (102, "1/6", "Second"), (122, "0/2", "Inner"), (2, "4/9", "All")],
)
def test_fraction_on_the_line_of_a_list_counts_its_boxes(at: int, text: str, title: str) -> None:
    claim = replace(fraction(text, form=Form.HEADING), span=Span(at, at + 3))
    (said,) = messages(claim, document("b.md"), checklists=LISTS)
    assert said.startswith(f"says {text} criteria of `{title}` are met; ")


def test_fraction_inside_a_list_counts_boxes_only_where_it_says_so() -> None:
    inside = replace(fraction("1/6"), span=Span(150, 153))
    assert messages(inside, document("b.md"), checklists=LISTS) == []
    spoken = replace(inside, noun="tasks", state="done")
    assert messages(spoken, document("b.md"), checklists=LISTS) == ["says 1/6 criteria of `Second` are met; 3 of 6 are"]
    assert messages(replace(spoken, noun="whales"), document("b.md"), checklists=LISTS) == []
    assert messages(replace(spoken, key="Parallel tasks"), document("b.md"), checklists=LISTS) == []
    assert messages(replace(spoken, qualifier="parallel"), document("b.md"), checklists=LISTS) == []


def test_fraction_of_another_total_or_outside_every_list_is_not_judged() -> None:
    other = replace(fraction("1/7", form=Form.HEADING), span=Span(102, 105))
    assert messages(other, document("b.md"), checklists=LISTS) == []
    outside = replace(fraction("1/9", form=Form.HEADING), span=Span(350, 353))
    assert messages(outside, document("b.md"), checklists=LISTS) == []


def rows(*statuses: Status | None, first: int = 3, form: Form = Form.ROW) -> dict[str, Any]:
    """Give rows T1, T2, … from a line on; one without a status is no row that is understood."""
    made = [(f"T{number}", status, 10 * (first - 2 + number)) for number, status in enumerate(statuses, 1)]
    return {"mentions": tuple(mention(name, status, start, form=form) for name, status, start in made if status)}


ROWS = (DONE, DONE, OPEN)


@pytest.mark.parametrize("form", [Form.ROW, Form.BULLET])
def test_fraction_above_a_table_or_list_counts_its_rows(form: Form) -> None:
    assert messages(fraction("2/3"), document("b.md"), **rows(*ROWS, form=form)) == []
    assert messages(fraction("1/3"), document("b.md"), **rows(*ROWS, form=form)) == [
        "says 1/3 done; the rows below have 2 of 3: T1 and T2"
    ]
    assert messages(fraction("2/3", state="open"), document("b.md"), **rows(*ROWS, form=form)) == [
        "says 2/3 open; the rows below have 1 of 3: T3"
    ]
    assert messages(fraction("1/3"), document("b.md"), **rows(OPEN, OPEN, OPEN)) == [
        "says 1/3 done; the rows below have 0 of 3"
    ]


def test_fraction_below_a_table_counts_its_rows() -> None:
    below = replace(fraction("1/3"), span=Span(80, 83))
    assert messages(below, document("b.md"), **rows(*ROWS, first=5)) == ["says 1/3 done; the rows above have 2 of 3: T1 and T2"]
    assert messages(replace(below, span=Span(120, 123)), document("b.md"), **rows(*ROWS, first=5)) == []


@pytest.mark.parametrize(
    "beside",
    [
        rows(*ROWS, first=8),
        rows(DONE, None, DONE, OPEN),
        rows(DONE),
        {"mentions": (mention("T1", DONE, 20), mention("T1", DONE, 30), mention("T3", DONE, 40))},
        {"mentions": (*rows(*ROWS)["mentions"], mention("T9", DONE, 50))},
    ],
)
def test_fraction_is_not_held_against_rows_that_may_be_others(beside: dict[str, Any]) -> None:
    assert messages(fraction("1/3"), document("b.md"), **beside) == []


@pytest.mark.parametrize("said", [{"state": "blocked"}, {"aim": True}, {"scope": Scope(as_of="session 2")}])
def test_fraction_of_something_else_is_not_held_against_rows(said: dict[str, Any]) -> None:
    assert messages(fraction("1/3", **said), document("b.md"), **rows(*ROWS)) == []


def test_fraction_between_two_tables_is_held_against_neither() -> None:
    between = replace(fraction("1/3"), span=Span(50, 53))
    both = (*rows(*ROWS, first=2)["mentions"], *rows(*ROWS, first=7)["mentions"])
    assert messages(between, document("b.md"), mentions=both) == []


def test_rows_that_are_homes_count_too() -> None:
    text = "012345678\n" * 40
    home = [replace(record(f"T{n}", status, "task", "docs/STATE.md"), home=Home.ROW) for n, status in enumerate(ROWS, 1)]
    placed = tuple(
        replace(one, fields={"status": replace(one.fields["status"], span=Span(30 + 10 * n, 32 + 10 * n))})
        for n, one in enumerate(home)
    )
    assert messages(fraction("1/3"), document("b.md"), records=placed, text=text) == [
        "says 1/3 done; the rows below have 2 of 3: T1 and T2"
    ]
