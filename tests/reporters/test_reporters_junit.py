from __future__ import annotations

from ci_readers import finding, junit, shown, some

from docsync.models.diagnostics import Severity


def test_nothing_found_is_one_test_that_passed() -> None:
    root = junit(shown("junit", some()))
    assert {name: root.get(name) for name in ("tests", "failures", "errors")} == {"tests": "1", "failures": "0", "errors": "0"}
    (case,) = root.iter("testcase")
    assert [child.tag for child in case] == ["system-out"]
    assert "Nothing found that contradicts.\nLooked at 1 file" in (case[0].text or "")


def test_a_suite_a_file_and_a_test_a_finding() -> None:
    root = junit(
        shown("junit", some(finding("x"), finding("y", path="docs/b.md"), finding("z", path="docs/b.md")), prefix="p/")
    )
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("docsync", "1", "0"),
        ("p/a.md", "1", "1"),
        ("p/docs/b.md", "2", "2"),
    ]
    case = root[2][0]
    assert (case.get("classname"), case.get("name")) == ("p/docs/b", "DS301 y")
    assert case[0].get("type") == "DS301 status-disagrees"
    assert (case[0].text or "").startswith("docs/b.md:1:1: error DS301[status-disagrees] y")


def test_names_are_without_lines_and_equal_ones_are_numbered() -> None:
    def names(*places: int) -> list[str | None]:
        root = junit(shown("junit", some(*(finding(at=place) for place in places))))
        return [case.get("name") for suite in root[1:] for case in suite]

    assert names(0) == names(4) == ["DS301 m"]
    assert names(0, 4) == ["DS301 m", "DS301 m (2)"]


def test_what_a_check_does_not_fail_on_is_skipped() -> None:
    found = (finding(), finding(severity=Severity.WARNING), finding(severity=Severity.INFO))
    root = junit(shown("junit", some(*found, fail_on=Severity.ERROR)))
    assert [case[0].tag for case in root[1]] == ["failure", "skipped", "skipped"]
    assert [root[1].get(name) for name in ("failures", "skipped")] == ["1", "2"]
    root = junit(shown("junit", some(*found), notes=False))
    assert [case[0].tag for case in root[1]] == ["failure", "failure"]


def test_a_job_that_could_not_be_done_is_an_error() -> None:
    assert junit(shown("junit", some(failed=True))).get("errors") == "1"


def test_what_xml_forbids_is_shown_by_its_escape() -> None:
    root = junit(shown("junit", some(finding("a\x00\x1b\x0b\ufffe<&>\"'é"), finding(path="b\udcff\x07.md"))))
    case = root[1][0]
    assert case.get("name") == "DS301 a\\x00\\x1b\\x0b\\ufffe<&>\"'é"
    assert root[2].get("name") == "b\\udcff\\x07.md"
