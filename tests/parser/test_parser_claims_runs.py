from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.config.loading import default_config
from docsync.models.claims import CHANGE, Quantity
from docsync.parser.document import read_document
from docsync.text.source import SourceFile, decode


def runs(text: str) -> tuple[Quantity, ...]:
    """Give the numbers of test runs that a document states."""
    return read_document(source(text), default_config()).runs


def source(text: str) -> SourceFile:
    """Make a document."""
    return decode("STATE.md", text.encode())


def said(text: str) -> list[str]:
    """Give each number with what it counts."""
    found = []
    for one in runs(text):
        number = one.count or one.percent
        assert number
        assert str(number.value) == text[number.span.start : number.span.end].replace(",", "")
        found.append(f"{number.value} {one.state or one.key}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tests: 1,204 passed, 3 failed and 5 skipped", ["1204 passed", "3 failed", "5 skipped"]),
        ("- **Tests**: 14 passing", ["14 passing"]),
        ("- The suite has 9 tests: 8 passed, 1 failing.", ["8 passed", "1 failing"]),
        ("## Tests\n\n- 8 passed, 1 failed in 2.5 s", ["8 passed", "1 failed"]),
        ("- 8 passed, 1 failed", []),
        ("- Gates: 8 passed, 1 failed", []),
        ("- All tests but 8 passed", []),
        ("- Tests: 8 passed checks", []),
        ("- Tests: 3-8 passed, 1.5 failed", []),
        ("- Line by line, ~87.5% line coverage", ["87.5 line coverage"]),
        ("- 80+% test coverage", ["80 test coverage"]),
        ("- ≥ 80% coverage, or at least **75%** coverage, over 70% coverage", []),
        ("- 80% API coverage", []),
        ("```\n8 passed, 1 failed tests\n```", []),
    ],
)
def test_numbers_of_runs_are_read_as_runners_print_them(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_number_knows_its_time_its_box_and_what_stands_around_it() -> None:
    first, second, third = runs("- [ ] Wall tests: 8 passed, 1 failed\n- It was 80% coverage once\n")
    assert (first.open_box, first.key, second.before) == (True, "Wall tests", "")
    assert first.count
    assert (str(first.count.value), second.state) == ("8", "failed")
    assert third.scope.as_of == CHANGE


@given(st.text(alphabet="0123456789 pasedfilkcovrgTt:,.%~≥*-\n", max_size=80))
def test_any_text_gives_numbers_that_it_holds(text: str) -> None:
    said(text)
