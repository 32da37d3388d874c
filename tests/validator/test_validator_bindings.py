from __future__ import annotations

import re
from typing import Any

import pytest
from making import document, holes, project, quantity, record
from msgspec.structs import replace

from docsync.models.claims import Form, Quantity, Scope
from docsync.models.diagnostics import Diagnostic, Safety
from docsync.models.document import DocumentFacts, FrontMatter, FrontMatterEntry
from docsync.models.records import Home, Json
from docsync.models.status import Status
from docsync.text.spans import Span
from docsync.validator.run import run

DONE, OPEN = Status.RESOLVED, Status.PENDING


def bound(expression: str, text: str, count: str = "", total: str = "", percent: str = "") -> Quantity:
    made = quantity(text, count, total, percent, binding=expression, form=Form.PROSE)
    return replace(made, scope=Scope(as_of="session 2"))


@pytest.mark.parametrize(
    ("claim", "changes"),
    [
        (bound("holes.resolved/holes.total", "1 of 3 (33%)", "1", "3", "33"), ["2", "67"]),
        (bound("holes.resolved/holes.total", "1 are done", "1"), ["2"]),
        (bound("holes.resolved/holes.total", "33% done", percent="33"), ["67"]),
        (bound("holes.resolved", "1 of 3 (33%)", "1", "3", "33"), ["2", "67"]),
        (bound("holes.percent", "33.3% done", percent="33.3"), ["66.7"]),
        (bound("holes.percent", "1 of 3 (33%)", "1", "3", "33"), ["67"]),
        (bound("holes.resolved/holes.total", "2 of 3 (66%)", "2", "3", "66"), []),
    ],
)
def test_bound_numbers_follow_their_expression_whatever_the_text_speaks_of(claim: Quantity, changes: list[str]) -> None:
    found = run(project(holes(DONE, DONE, OPEN), document(quantities=(claim,)))).diagnostics
    fixes = [one.fix for one in found]
    assert [change.text for fix in fixes if fix for change in fix.changes] == changes
    assert all(fix and fix.safety is Safety.SAFE for fix in fixes)


def test_binding_that_means_nothing_is_one_finding() -> None:
    claim = bound("holes.nothing", "1 of 3", "1", "3")
    (found,) = run(project(holes(DONE), document(quantities=(claim,)))).diagnostics
    assert found.code == "DS211"


@pytest.mark.parametrize(
    ("expression", "text", "codes"),
    [
        ("holes.resolved", "1 of 8", ["DS211"]),
        ("holes.resolved", "2 of 8 (25%)", ["DS211"]),
        ("holes.resolved", "2 of 0", ["DS211"]),
        ("holes.percent", "2 of 8 (67%)", ["DS211"]),
        ("holes.resolved", "2 of 4", []),
        ("holes.resolved", "2 of 3", []),  # without the one that was given up
        ("metrics[M1].current", "7 of 9", []),  # of what, nothing tells
    ],
)
def test_one_fact_bound_to_a_fraction_leaves_no_total_unchecked(expression: str, text: str, codes: list[str]) -> None:
    count, total, percent = [*re.findall(r"\d+", text), ""][:3]
    metric = document("docs/M1.md", records=(record("M1", kind="metric", current=7),))
    stated = document(quantities=(bound(expression, text, count, total, percent),))
    found = run(project(holes(DONE, DONE, OPEN, Status.CANCELLED), metric, stated)).diagnostics
    assert [one.code for one in found] == codes
    assert all(one.fix is None and "needs two" in one.message and "/holes" in one.help for one in found)


def matter(**values: Json) -> FrontMatter:
    """Make front matter; each value stands on a line of its own, forty characters apart, quoted where it is text."""
    entries: dict[str, FrontMatterEntry] = {}
    for line, (key, value) in enumerate(values.items()):
        start = 40 * line + len(key) + 2
        width = 0 if value is None else len(str(value)) + 2 * isinstance(value, str)
        entries[key] = FrontMatterEntry(key, Span(40 * line, 40 * line + len(key)), Span(start, start + width), value)
    return FrontMatter(Span(0, 400), entries)


def computed(declared: Json, *, home: bool = True, **values: Json) -> list[Diagnostic]:
    """Check a file that is the home of phase P1 (or of nothing) with two of its three holes resolved."""
    phase = replace(record("P1", Status.IN_PROGRESS, "phase", "docs/P1.md"), home=Home.FILE)
    elsewhere = () if home else (replace(phase, home=Home.SECTION),)
    made = (record("H1", DONE, phase="P1"), record("H2", DONE, phase="P1"), record("H3", OPEN, phase="P1"))
    file: DocumentFacts = document(
        "docs/P1.md", records=(phase,) if home else elsewhere, front_matter=matter(**values, docsync={"computed": declared})
    )
    return list(run(project(file, document("docs/holes.md", records=made))).diagnostics)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (33, "67"),
        (33.3, "66.7"),
        ("33%", "67%"),
        ("33.3 %", "66.7 %"),
        ("1/3", "2/3"),
        ("1/3 (33%)", "2/3 (67%)"),
        (None, " 67"),
        ("soon", "67"),
    ],
)
@pytest.mark.parametrize("home", [True, False])
def test_computed_value_keeps_its_form(value: Json, written: str, home: bool) -> None:  # noqa: FBT001
    (found,) = computed(["progress"], home=home, progress=value)
    assert found.fix is not None
    (change,) = found.fix.changes
    assert change.text == written
    assert change.place.span.start == len("progress: ") + isinstance(value, str)


@pytest.mark.parametrize(
    ("key", "value"),
    [("progress", 67), ("done", 2), ("resolved", 2), ("total", 3), ("remaining", 1), ("open", 1), ("percent", "67%")],
)
def test_roll_ups_that_a_key_can_name(key: str, value: Any) -> None:  # noqa: ANN401 - any value of front matter
    right: dict[str, Any] = {key: value}
    wrong: dict[str, Any] = {key: 99}
    assert computed([key], **right) == []
    assert [one.code for one in computed([key], **wrong)] == ["DS212"]


@pytest.mark.parametrize(
    ("declared", "values", "message"),
    [
        (["progress"], {}, "the front matter has no `progress`"),
        (["mood"], {"mood": 1}, "expected one of `progress`, `percent`"),
        ({"share": "hols.total"}, {"share": 1}, "expected one of `holes`"),
    ],
)
def test_value_that_cannot_be_computed_says_why(declared: Json, values: dict[str, Any], message: str) -> None:
    (found,) = computed(declared, **values)
    assert message in found.message
    assert found.fix is None


@pytest.mark.parametrize("declared", ["progress", 7, None, []])
def test_declaration_of_another_form_computes_nothing(declared: Json) -> None:
    assert computed(declared, progress=1) == []


def test_front_matter_that_says_something_else_to_docsync_computes_nothing() -> None:
    other = document("a.md", front_matter=matter(docsync="off"), records=(record("H1", OPEN, path="a.md"),))
    assert run(project(other)).diagnostics == ()
