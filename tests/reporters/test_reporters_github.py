from __future__ import annotations

import pytest
from ci_readers import commands, finding, shown, some
from msgspec.structs import replace

from docsync.models.diagnostics import Place, Severity
from docsync.text.spans import Span

ERRORS = tuple(finding(f"e{number}") for number in range(13))
WARNINGS = tuple(finding(f"w{number}", Severity.WARNING) for number in range(12))


def test_a_finding_is_an_annotation_at_its_line() -> None:
    (command,) = commands(shown("github", some(finding("which?", at=4)), prefix="plans/"))
    assert command.kind == "error"
    assert command.properties == {
        "title": "DS301 status-disagrees",
        "file": "plans/a.md",
        "line": "2",
        "endLine": "2",
        "col": "1",
        "endColumn": "4",
    }
    assert command.message == "a.md:2:1: DS301 which?"


def test_columns_are_left_out_where_a_place_has_several_lines() -> None:
    (command,) = commands(shown("github", some(replace(finding(), place=Place("a.md", Span(0, 6))))))
    assert {"col", "endColumn"}.isdisjoint(command.properties)
    assert (command.properties["line"], command.properties["endLine"]) == ("1", "2")


def test_no_more_than_github_shows_and_the_most_severe_first() -> None:
    output = shown("github", some(*WARNINGS, *ERRORS))
    found = commands(output)
    assert [each.kind for each in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert found[-1].message == "3 errors and 2 warnings more in the log of this step; GitHub shows 10 of a kind"
    assert "\na.md:1:1: error DS301[status-disagrees] e12\n" in output
    assert "\na.md:1:1: warning DS301[status-disagrees] w11\n" in output
    assert "\nFound 13 errors and 12 warnings.\n" in output


def test_notes_are_notices_when_asked_for() -> None:
    notes = some(*(finding(f"n{number}", Severity.INFO) for number in range(10)))
    assert [each.kind for each in commands(shown("github", notes))] == ["notice"] * 10
    assert "10 notes left out" in shown("github", notes, notes=False)
    assert commands(shown("github", notes, notes=False)) == []


def test_a_long_message_is_cut_within_the_limit_of_the_runner() -> None:
    (command,) = commands(shown("github", some(finding("%" * 10_000))))
    assert len(command.message) == 4000
    assert command.message.endswith("%…")


@pytest.mark.parametrize(
    "text", ["::error::x", "a%0A::error::x", "a\n::error::x", "a\r::error::x", "##[error]x", "a,line=9::x"]
)
def test_no_text_gives_orders(text: str) -> None:
    many = (*(finding(f"e{number}") for number in range(10)), finding(text, path=text), finding(text, path=f" {text}"))
    report = replace(some(*many), refused=(text,))
    found = commands(shown("github", report))
    assert [each.kind for each in found] == ["error"] * 10 + ["notice"]
    (command,) = commands(shown("github", some(finding(text, path=text))))
    assert command.properties["line"] == "1"
    assert text.replace("\n", "\\n").replace("\r", "\\r").replace("##[", "##\\[") in command.message
