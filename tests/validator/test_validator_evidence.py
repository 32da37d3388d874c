from __future__ import annotations

from pathlib import Path

import pytest
from casebuilding import check
from casefiles import Case, case_files
from making import document, holes, project, quantity

from docsync.models.status import Status
from docsync.validator.run import run

COUNTING = ("DS201", "DS202", "DS203", "DS204", "DS205", "DS206", "DS208", "DS406", "DS407", "DS408")
BAD = [
    pytest.param(file.code, case, id=f"{file.code}-{case.title}")
    for file in case_files()
    for case in file.cases
    if file.code in COUNTING and case.kind == "bad"
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
def test_whatever_counts_says_what_it_counted(code: str, case: Case, tmp_path: Path) -> None:
    found = [each for each in check(case, tmp_path).diagnostics if each.code == code]
    assert found
    assert [each.message for each in found if not any(each.evidence)] == []
