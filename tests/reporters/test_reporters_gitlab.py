from __future__ import annotations

from ci_readers import code_quality, finding, shown, some
from report_builders import harbour

from docsync.models.diagnostics import Diagnostic, Severity


def names(*found: Diagnostic, prefix: str = "") -> list[str]:
    return [each["fingerprint"] for each in code_quality(shown("gitlab", some(*found), prefix=prefix))]


def test_nothing_found_is_an_empty_list() -> None:
    assert code_quality(shown("gitlab", some())) == []


def test_findings_say_what_gitlab_shows() -> None:
    first, *others = code_quality(shown("gitlab", harbour(), prefix="plans/"))
    assert first["description"].startswith("DS203 count-disagrees-with-table: 3 of 8 berths")
    assert first["location"] == {"path": "plans/docs/HARBOUR.md", "lines": {"begin": 3, "end": 3}}
    assert [first["severity"], *(each["severity"] for each in others)] == ["major", "minor", "info", "major"]


def test_a_fingerprint_survives_other_lines_and_numbers() -> None:
    before = names(finding("says 7/19; the table says 5"))
    assert names(finding("says 8/19; the table says 6", at=4)) == before
    assert names(finding("other words")) != before
    assert names(finding("says 7/19; the table says 5", path="b.md")) != before
    assert names(finding("says 7/19; the table says 5"), prefix="other/") != before


def test_equal_findings_are_told_apart_and_one_less_is_one_less() -> None:
    two = names(finding(), finding(at=4))
    assert names(finding(at=4)) == two[:1]
    assert len(set(names(finding(), finding(at=4), finding()))) == 3


def test_notes_are_left_out_unless_asked_for() -> None:
    note = some(finding(severity=Severity.INFO))
    assert code_quality(shown("gitlab", note, notes=False)) == []
    assert code_quality(shown("gitlab", note))[0]["severity"] == "info"
