from __future__ import annotations

from pathlib import Path

import pytest
from casebuilding import build, check, fixed, shown
from casefiles import Case, CaseFile, case_files

from docsync.validator.run import run

FILES = case_files()
CASES = [pytest.param(file, case, id=f"{file.code}-{case.kind}-{case.title}") for file in FILES for case in file.cases]
FIXED = [pytest.param(case, id=f"{file.code}-{case.title}") for file in FILES for case in file.cases if case.fixed]


@pytest.mark.parametrize(("file", "case"), CASES)
def test_case_gives_just_the_findings_it_lists(file: CaseFile, case: Case, tmp_path: Path) -> None:
    project = build(case, tmp_path)
    outcome = run(project, lambda _path: True)
    assert [shown(diagnostic, project) for diagnostic in outcome.diagnostics] == case.findings
    found = any(diagnostic.code == file.code for diagnostic in outcome.diagnostics)
    assert found is (case.kind == "bad")


@pytest.mark.parametrize("case", FIXED)
def test_fixes_lead_to_the_text_shown_and_leave_nothing_to_report(case: Case, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    changed = fixed(case, check(case, tmp_path / "before"))
    assert {path: text.decode() for path, text in changed.items()} == {
        path: (text or b"").decode() for path, text in case.fixed.items()
    }
    after = Case("good", case.title, {**case.files, **changed}, bodies=case.bodies)
    assert check(after, tmp_path / "after").diagnostics == ()
