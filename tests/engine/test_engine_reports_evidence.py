from __future__ import annotations

import os
from pathlib import Path

import pytest

from docsync.config.values import EvidenceFiles
from docsync.engine import Request, check
from docsync.engine import reading as reading_module
from docsync.engine.outside import Looked
from docsync.engine.reports import evidence as evidence_module
from docsync.engine.repository import find_repository
from docsync.engine.session import Session
from docsync.models.reports import CoverageEvidence, Figures, TestEvidence
from trees import commit, found_in, git, plant

HOUR = 3600
STATE = "# State\n\n**Tests**: 2/2 passing\n"
TWO = '<testsuite><testcase name="a"/><testcase name="b"/></testsuite>'
THREE = '<testsuite><testcase name="a"/><testcase name="b"/><testcase name="c"/></testsuite>'
NOW = 1_780_000_000


def age(root: Path, path: str, hours: float) -> None:
    """Make a file that many hours older than all files of these tests' common time."""
    os.utime(root / path, (NOW - hours * HOUR,) * 2)


def looked(root: Path, **files: tuple[str, ...]) -> Looked:
    """Give a look at a tree of which a walk has been made."""
    real = os.path.realpath(root)
    return Looked(real, find_repository(real), found_in(root), evidence=EvidenceFiles(**files))


def proved(root: Path, **files: tuple[str, ...]) -> TestEvidence:
    """Give what reports say of a tree's tests."""
    found = looked(root, **files).tests()
    assert found
    return found


def coverage_of(root: Path, **files: tuple[str, ...]) -> CoverageEvidence:
    """Give what reports say of a tree's coverage."""
    found = looked(root, **files).coverage()
    assert found
    return found


def codes(root: Path) -> list[str]:
    """Give what a check with the cache says, with the rule of each."""
    return [f"{each.code} {each.message}" for each in check(Request(str(root))).diagnostics]


def test_nothing_is_looked_for_where_nobody_asks(tmp_path: Path) -> None:
    outside = looked(plant(tmp_path, {"junit.xml": TWO}))
    assert (outside.files, outside.folders, outside.ages) == ({}, {}, {})
    assert looked(tmp_path).coverage() is None
    assert Looked(str(tmp_path), None, found_in(tmp_path)).tests() is None


@pytest.mark.parametrize(
    "path",
    [
        "junit.xml",
        "report.xml",
        "reports/junit.xml",
        "test-results/TEST-one.xml",
        "build/test-results/test/TEST-weir.xml",
        "target/surefire-reports/TEST-weir.xml",
    ],
)
def test_reports_are_found_where_tools_put_them_also_where_git_ignores_them(tmp_path: Path, path: str) -> None:
    plant(tmp_path, {".gitignore": "build/\ntarget/\n*.xml\n", path: TWO})
    assert proved(tmp_path).paths == (path,)


def test_the_first_usual_place_counts_and_what_is_no_report_does_not(tmp_path: Path) -> None:
    plant(tmp_path, {"junit.xml": "<html/>", "report.xml": TWO, "test-results/a.xml": THREE})
    assert proved(tmp_path).paths == ("report.xml",)
    assert proved(tmp_path, junit=("junit.xml",)).doubt == (
        "junit.xml begins with <html>, where <testsuite> or <testsuites> was expected"
    )


def test_several_reports_are_added_up_and_the_same_tests_are_not(tmp_path: Path) -> None:
    failed = TWO.replace('name="a"/>', 'name="a"><failure/></testcase>')
    plant(tmp_path, {"out/one.xml": TWO, "out/deep/in/two.xml": THREE, "out/again.xml": failed, "out/note.txt": "x"})
    age(tmp_path, "out/one.xml", 2)
    age(tmp_path, "out/again.xml", 1)
    assert proved(tmp_path, junit=("out/one.xml", "out/**/two.xml")).readings[0].total == 5
    assert proved(tmp_path, junit=("out/*.xml",)).readings == (Figures(2, failed=1, functions=2),), "the newest of both runs"
    assert proved(tmp_path, junit=("out/**",)).doubt == "out/note.txt is no XML: syntax error at line 1"


@pytest.mark.parametrize(
    ("files", "doubt"),
    [
        ({"junit.xml": "<testsuite/>"}, "junit.xml holds no tests"),
        ({"junit.xml": "<testsuite>"}, "junit.xml is cut off at line 1"),
        ({"junit.xml/": ""}, "junit.xml is no file"),
        ({}, "no file matches junit.xml"),
    ],
)
def test_a_report_that_is_of_no_use_says_why(tmp_path: Path, files: dict[str, str], doubt: str) -> None:
    found = proved(plant(tmp_path, files), junit=("junit.xml",))
    assert (found.readings, found.doubt) == ((), doubt if files != {"junit.xml/": ""} else "no file matches junit.xml")


def test_a_report_of_immense_size_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "junit.xml").open("wb") as stream:
        stream.truncate(65_000_000)
    assert proved(tmp_path).doubt == "junit.xml has more than 64 MB"


def test_no_pipe_is_waited_for_and_no_link_followed_out(tmp_path: Path) -> None:
    root = plant(tmp_path / "root", {"STATE.md": STATE})
    plant(tmp_path, {"far.xml": TWO})
    (root / "junit.xml").symlink_to(tmp_path / "far.xml")
    assert proved(root).doubt == "junit.xml lies outside the project, where a link leads"
    (root / "junit.xml").unlink()
    os.mkfifo(root / "junit.xml")
    assert looked(root).tests() is None


def test_a_crowd_of_reports_is_refused(tmp_path: Path) -> None:
    plant(tmp_path, {f"out/{number}.xml": TWO for number in range(501)})
    assert proved(tmp_path, junit=("out/*.xml",)).doubt == "501 files match out/*.xml, where 500 at most are read"


def test_a_list_of_tests_stands_in_for_a_report_and_beside_one(tmp_path: Path) -> None:
    plant(tmp_path, {"ids.txt": "tests/a.py::test_x[1]\ntests/a.py::test_x[2]\ntests/b.py::test_y\n", "junit.xml": TWO})
    found = proved(tmp_path, node_ids=("ids.txt",))
    assert (found.paths, found.readings[0].total, found.listed) == (("junit.xml",), 2, (3, 2))
    (tmp_path / "junit.xml").unlink()
    found = proved(tmp_path, node_ids=("ids.txt",))
    assert (found.paths, found.readings, found.listed, found.forgetful) == (("ids.txt",), (), (3, 2), False)


def test_pytests_own_cache_is_found_and_known_to_forget_nothing(tmp_path: Path) -> None:
    plant(tmp_path, {".pytest_cache/v/cache/nodeids": '["tests/a.py::test_x"]'})
    found = proved(tmp_path)
    assert (found.listed, found.forgetful) == ((1,), True)


def test_coverage_is_added_up_where_no_file_is_in_two_reports(tmp_path: Path) -> None:
    report = '<coverage lines-covered="{}" lines-valid="10"><class filename="{}"/></coverage>'
    plant(tmp_path, {"c/one.xml": report.format(9, "a.xy"), "c/two.xml": report.format(6, "b.xy"), "c/rate.xml": "<coverage/>"})
    found = coverage_of(tmp_path, coverage=("c/one.xml", "c/two.xml"))
    assert found.line
    assert found.total == found.line
    assert (found.line.covered, found.line.valid) == (15, 20)
    plant(tmp_path, {"c/two.xml": report.format(6, "a.xy")})
    found = coverage_of(tmp_path, coverage=("c/one.xml", "c/two.xml"))
    assert found.doubt == "c/one.xml and c/two.xml both speak of a.xy, and cannot be added up"
    rate = '<coverage line-rate="0.5"/>'
    plant(tmp_path, {"c/rate.xml": rate})
    assert coverage_of(tmp_path, coverage=("c/one.xml", "c/rate.xml")).line is None, "rates cannot be added up"


def test_a_report_says_by_itself_when_it_was_made_unless_its_file_is_older(tmp_path: Path) -> None:
    stamped = '<testsuite timestamp="2026-05-01T10:00:00Z" time="60"><testcase name="a"/></testsuite>'
    plant(tmp_path, {"junit.xml": stamped})
    assert proved(tmp_path).taken == "2026-05-01 10:01 UTC"
    os.utime(tmp_path / "junit.xml", (1_700_000_000, 1_700_000_000))
    assert proved(tmp_path).taken == "2023-11-14 22:13 UTC"


def test_without_git_a_source_that_is_newer_makes_a_report_stale(tmp_path: Path) -> None:
    plant(tmp_path, {"junit.xml": TWO, "weir/gate.py": "x", "weir/notes.txt": "x", "STATE.md": STATE})
    age(tmp_path, "junit.xml", 2)
    age(tmp_path, "weir/gate.py", 3)
    assert proved(tmp_path).doubt == "", "neither documents nor notes are sources"
    age(tmp_path, "weir/gate.py", 1)
    assert proved(tmp_path).doubt == "junit.xml of 2026-05-28 18:26 UTC is older than weir/gate.py"
    assert proved(tmp_path, sources=("lib/**",)).doubt == ""
    assert proved(tmp_path, sources=("weir/**", "!*.py")).doubt.endswith("is older than weir/notes.txt")


def commit_at(root: Path, hours: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit all, that many hours before the common time."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"@{int(NOW - hours * HOUR)} +0000")
    commit(root)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a repository whose report was committed together with its source, six hours ago, and cloned just now."""
    root = plant(
        tmp_path / "root", {"reports/junit.xml": TWO, "weir/gate.py": "x\n", "STATE.md": STATE, ".gitignore": "/junit.xml\n"}
    )
    commit_at(root, 6, monkeypatch)
    for path in ("reports/junit.xml", "weir/gate.py"):
        age(root, path, 1)
    age(root, "reports/junit.xml", 1.5)
    return root


def test_in_a_fresh_clone_a_report_is_as_old_as_its_commit(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proved(clone).doubt == "", "the source is newer by its file, and not by git"
    plant(clone, {"weir/gate.py": "y\n"})
    assert proved(clone).doubt.endswith("is older than weir/gate.py"), "it was edited and not committed"
    commit_at(clone, 1, monkeypatch)
    age(clone, "weir/gate.py", 1)
    assert proved(clone).doubt.endswith("is older than weir/gate.py"), "a later commit changed it"
    plant(clone, {"reports/junit.xml": THREE})
    age(clone, "reports/junit.xml", 0)
    assert proved(clone).doubt == "", "the tests were run again"
    commit_at(clone, 0.5, monkeypatch)
    age(clone, "reports/junit.xml", 3)
    age(clone, "weir/gate.py", 0)
    assert proved(clone).doubt == "", "and the report was committed"


def test_a_new_source_is_newer_than_a_committed_report(clone: Path) -> None:
    plant(clone, {"weir/lock.py": "x\n"})
    assert proved(clone).doubt.endswith("is older than weir/lock.py")


def test_a_report_that_was_carried_over_is_held_against_the_commits(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    stamped = '<testsuite timestamp="{}"><testcase name="a"/></testsuite>'
    plant(clone, {"junit.xml": stamped.format("2026-05-28T15:00:00Z")})
    assert proved(clone).doubt == "", "made an hour after the commit, and copied here"
    plant(clone, {"junit.xml": stamped.format("2026-05-28T14:00:00Z")})
    assert proved(clone).doubt == "junit.xml of 2026-05-28 14:00 UTC is older than weir/gate.py"


def test_where_git_does_not_answer_the_files_decide(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert proved(clone).doubt.endswith("is older than weir/gate.py")


def test_a_repeated_check_sees_reports_and_sources_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"STATE.md": STATE, ".gitignore": "out/\n", "out/junit.xml": THREE, "weir/gate.py": "x"})
    plant(tmp_path, {"docsync.toml": '[evidence]\njunit = ["out/*.xml"]\n'})
    age(tmp_path, "weir/gate.py", 9)
    age(tmp_path, "out/junit.xml", 8)
    wrong = ["DS506 says 2/2 tests passing; out/junit.xml: of 3 tests, 3 passed"]
    assert codes(tmp_path) == wrong
    with monkeypatch.context() as patched:
        patched.setattr(reading_module, "file_bytes", None)
        patched.setattr(evidence_module, "read_junit", None)
        assert codes(tmp_path) == wrong, "nothing is read again"
    age(tmp_path, "weir/gate.py", 1)
    assert codes(tmp_path) == ["DS509 this is not checked: out/junit.xml of 2026-05-28 12:26 UTC is older than weir/gate.py"]
    plant(tmp_path, {"out/junit.xml": TWO})
    assert codes(tmp_path) == []
    plant(tmp_path, {"out/more.xml": THREE})
    assert codes(tmp_path) == ["DS506 says 2/2 tests passing; out/junit.xml and out/more.xml: of 5 tests, 5 passed"]
    (tmp_path / "out/more.xml").unlink()
    assert codes(tmp_path) == []


def test_a_claim_that_holds_is_confirmed_and_one_without_proof_is_not(tmp_path: Path) -> None:
    plant(tmp_path, {"STATE.md": STATE, "junit.xml": TWO})
    held = check(Request(str(tmp_path))).tally
    assert (held.confirmed, held.contradicted, held.unverifiable) == (1, 0, 0)
    plant(tmp_path, {"junit.xml": "<testsuite>"})
    doubted = check(Request(str(tmp_path))).tally
    assert (doubted.confirmed, doubted.contradicted, doubted.unverifiable) == (0, 0, 1)
    (tmp_path / "junit.xml").unlink()
    assert check(Request(str(tmp_path))).tally.unverifiable == 1


def test_one_who_watches_sees_reports_and_sources_change(tmp_path: Path) -> None:
    plant(tmp_path, {"STATE.md": STATE, ".gitignore": "/test-results/\n", "test-results/one.xml": THREE, "weir/gate.py": "x"})
    age(tmp_path, "weir/gate.py", 9)
    session = Session(Request(str(tmp_path)))
    assert [each.code for each in session.look_everywhere().diagnostics] == ["DS506"]
    plant(tmp_path, {"test-results/one.xml": TWO})
    assert [each.code for each in session.look_at({"test-results/one.xml"}).diagnostics] == []
    age(tmp_path, "test-results/one.xml", 3)
    age(tmp_path, "weir/gate.py", 1)
    assert [each.code for each in session.look_at({"weir/gate.py", "test-results/one.xml"}).diagnostics] == ["DS509"]
    age(tmp_path, "weir/gate.py", 9)
    assert [each.code for each in session.look_at({"weir/gate.py"}).diagnostics] == []
    plant(tmp_path, {"test-results/two.xml": THREE})
    assert [each.code for each in session.look_at({"test-results/two.xml"}).diagnostics] == ["DS506"]


def test_a_project_below_its_repository_is_told_from_its_neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = plant(tmp_path / "top", {"own/junit.xml": TWO, "own/weir/gate.py": "x\n", "weir/gate.py": "x\n"})
    commit_at(top, 6, monkeypatch)
    for path in ("own/junit.xml", "own/weir/gate.py"):
        age(top, path, 1 if path.endswith("py") else 2)
    assert proved(top / "own").doubt == ""
    plant(top, {"weir/gate.py": "y\n"})
    commit_at(top, 1, monkeypatch)
    assert proved(top / "own").doubt == "", "another project's source was changed"
    plant(top, {"own/weir/gate.py": "y\n"})
    commit_at(top, 0, monkeypatch)
    assert proved(top / "own").doubt.endswith("is older than weir/gate.py")


def test_a_clone_without_its_history_believes_its_last_commit(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(clone, {"weir/gate.py": "y\n"})
    commit_at(clone, 1, monkeypatch)
    for depth, doubt in (("2", True), ("1", False)):
        copy = tmp_path / f"copy{depth}"
        git(tmp_path, "clone", "-q", "--depth", depth, f"file://{clone}", str(copy))
        assert bool(proved(copy).doubt) is doubt
