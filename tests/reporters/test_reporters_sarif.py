from __future__ import annotations

from ci_readers import finding, sarif, shown, some
from report_builders import HARBOUR, harbour

from docsync.models.diagnostics import Severity


def test_a_report_without_findings_is_a_run_without_results() -> None:
    run = sarif(shown("sarif", some()))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert sarif(shown("sarif", some(failed=True)))["invocations"] == [{"executionSuccessful": False}]


def test_rules_carry_their_manual_pages() -> None:
    run = sarif(shown("sarif", harbour()))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules.keys() == {result["ruleId"] for result in run["results"]}
    assert rules["DS203"]["name"] == "CountDisagreesWithTable"
    assert "## How precision is kept" in rules["DS203"]["help"]["markdown"]
    assert "## " not in rules["DS203"]["fullDescription"]["text"]
    assert all(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_result_has_places_and_a_fix_that_can_be_carried_out() -> None:
    run = sarif(shown("sarif", harbour(), prefix="plans/"))
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "plans/docs/HARBOUR.md", "uriBaseId": "%SRCROOT%"}
    assert run["columnKind"] == "unicodeCodePoints"
    (change,) = first["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    gone = replacement["deletedRegion"]
    line = HARBOUR.split("\n")[gone["startLine"] - 1]
    assert gone["startLine"] == gone["endLine"]
    assert line[gone["startColumn"] - 1 : gone["endColumn"] - 1] == "3/8"
    assert replacement["insertedContent"] == {"text": "1/2"}
    assert first["relatedLocations"][0]["message"]["text"] == "the one that is ready"
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]


def test_what_the_baseline_knows_is_there_and_suppressed() -> None:
    run = sarif(shown("sarif", some(finding(), held_back=1, known=(finding(at=4),))))
    new, known = run["results"]
    assert "suppressions" not in new
    assert known["suppressions"][0]["kind"] == "external"
    assert new["partialFingerprints"] != known["partialFingerprints"]


def test_text_makes_no_links_and_paths_are_uris() -> None:
    (result,) = sarif(shown("sarif", some(finding("see [here](2)", path="a b/::é%.md"))))["results"]
    assert result["message"]["text"] == "see \\[here\\](2)"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%3A%3A%C3%A9%25.md"


def test_notes_are_left_out_unless_asked_for() -> None:
    assert sarif(shown("sarif", some(finding(severity=Severity.INFO)), notes=False))["results"] == []
