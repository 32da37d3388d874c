from __future__ import annotations

from pathlib import Path

import pytest
from casebuilding import check
from casefiles import Case, case_files
from making import document, holes, project, quantity

from docsync.models.diagnostics import Severity
from docsync.models.status import Status
from docsync.validator.run import run

COUNTING = ("DS201", "DS202", "DS203", "DS204", "DS205", "DS206", "DS208", "DS406", "DS407", "DS408")
JOINING = ("DS301", "DS303", "DS304", "DS305", "DS306", "DS307", "DS308", "DS401", "DS402", "DS403", "DS404", "DS405")
TIMING = ("DS409", "DS410", "DS411")
BAD = [
    pytest.param(file.code, case, id=f"{file.code}-{case.title}")
    for file in case_files()
    for case in file.cases
    if file.code in (*COUNTING, *JOINING, *TIMING) and case.kind == "bad"
]

DONE, OPEN = Status.RESOLVED, Status.PENDING


def test_a_count_of_records_names_all_that_were_counted_and_all_that_were_not() -> None:
    claim = quantity("Progress: 9/12 holes resolved", "9", "12", noun="holes", state="resolved")
    (found,) = run(project(holes(*[DONE] * 10, OPEN, Status.BLOCKED), document(quantities=(claim,)))).diagnostics
    compared, counted, left = found.evidence
    assert compared.startswith("compared with `holes.resolved`: ")
    assert counted.startswith("counted: H1 (resolved), H2 (resolved), ")
    assert counted.endswith("H9 (resolved) and H10 (resolved)"), "however many the message shows"
    assert left == "not counted: H11 (pending) and H12 (blocked)"


@pytest.mark.parametrize(("code", "case"), BAD)
def test_whatever_counts_or_joins_says_what_and_why(code: str, case: Case, tmp_path: Path) -> None:
    found = [each for each in check(case, tmp_path).diagnostics if each.code == code]
    assert found
    assert [each.message for each in found if not any(each.evidence)] == []


def test_a_thing_by_another_name_is_named_by_both(tmp_path: Path) -> None:
    table = "| Part  | Progress   |\n|-------|------------|\n| Masts | 5/5 (100%) |\n"
    text = f"# Refit\n\n{table}\n## Current state\n\n- ✅ Phase 1: Masts (60%)\n"
    (found,) = (one for one in check(case_of(STATE=text), tmp_path).diagnostics if one.code == "DS221")
    assert found.evidence[:2] == ("both numbers are of `phase 1`", "line 5 calls it `Masts`")


def test_the_last_line_of_a_document_whose_length_is_wrong_is_shown(tmp_path: Path) -> None:
    guide = "# Guide\n\none\n\ntwo\n"
    outcome = check(case_of(GUIDE=guide, STATE="# State\n\n- [guide](GUIDE.md) (12 lines)\n"), tmp_path)
    (found,) = (one for one in outcome.diagnostics if one.code == "DS504")
    (last,) = found.related
    assert guide[last.place.span.start : last.place.span.end] == "two\n"
    assert (last.place.path, last.message) == ("GUIDE.md", "line 5 is its last")


@pytest.mark.parametrize(("parts", "findings"), [((8, 4), 1), ((7, 5), 2)])
def test_sums_that_fail_alike_are_one_only_where_their_parts_are(parts: tuple[int, int], findings: int, tmp_path: Path) -> None:
    table = "# Refit\n\n| Yard  | Planks |\n|-------|--------|\n| North | {} |\n| East | {} |\n| Total | 15 |\n"
    found = check(case_of(one=table.format(8, 4), two=table.format(*parts)), tmp_path).diagnostics
    assert [one.message for one in found] == ["says 15; the 2 rows above it come to 12"] * findings


def test_marked_tasks_below_their_count_are_told_apart(tmp_path: Path) -> None:
    rows = "".join(f"- [ ] T00{number} [P] Tar the deck\n" for number in range(1, 6))
    text = f"# Tasks\n\n{rows}\n- Parallel work marked with [P] (3 tasks)\n\n## Later\n\n- [ ] T006 [P] Paint the hull\n"
    (found,) = (one for one in check(case_of(tasks=text), tmp_path).diagnostics if one.code == "DS206")
    assert found.evidence == ("6 boxes with ids bear [P], 5 of them above it",)


def case_of(**texts: str) -> Case:
    """Give a case of documents by their names."""
    return Case("bad", "", files={f"{name}.md": text.encode() for name, text in texts.items()})


@pytest.mark.parametrize(
    ("stated", "more", "severity"),
    [
        ("2/2", {}, Severity.WARNING),
        ("9/9", {}, Severity.INFO),
        ("9/9", {"docsync.toml": '[evidence]\njunit = ["junit.xml"]\n'}, Severity.WARNING),
        ("9/9", {"tests/test_gate.py": ""}, Severity.WARNING),
        ("~9/9", {"tests/test_gate.py": ""}, Severity.INFO),
    ],
)
def test_a_run_of_some_tests_is_not_taken_for_one_of_all(
    stated: str, more: dict[str, str], severity: Severity, tmp_path: Path
) -> None:
    cases = (
        '<testcase classname="tests.test_gate" name="a"/><testcase classname="tests.test_gate" name="b"><failure/></testcase>'
    )
    texts = {"STATE.md": f"# State\n\n**Tests**: {stated} passing\n", "junit.xml": f"<testsuite>{cases}</testsuite>", **more}
    files: dict[str, bytes | None] = {path: text.encode() for path, text in texts.items()}
    (found,) = check(Case("bad", "", files=files), tmp_path).diagnostics
    assert (found.code, found.severity) == ("DS506", severity)
