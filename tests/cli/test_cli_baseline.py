from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsync.cli.main import run
from docsync.reporters.report_schema import report_schema
from trees import plant

FILE = ".docsync-baseline.json"
WRONG = "# Ferry\n\n**Stops mapped**: 7/19 (26.3%)\n"
OTHER = WRONG.replace("7/19", "8/19")
THIRD = WRONG.replace("7/19", "9/19")
RIGHT = "# Ferry\n\n**Stops mapped**: 5/19 (26.3%)\n"
NOTED = "says # is #%; it is #%"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project with one contradiction."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path, {".git/": "", "a.md": WRONG, "b.md": RIGHT})


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(arguments) == code
    return capsys.readouterr().out


def recorded(here: Path) -> list[list[object]]:
    return [list(row.values()) for row in json.loads((here / FILE).read_text())["findings"]]


def test_a_check_fails_on_what_is_new_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "check", code=1)
    assert printed(capsys, "baseline") == f"Wrote {FILE} with 1 finding.\n"
    assert recorded(here) == [["a.md", "DS202", NOTED, 1]]
    told = printed(capsys, "check")
    assert "Nothing new found.\nThe baseline holds back 1 finding.\n" in told
    assert "DS202" in printed(capsys, "check", "--no-baseline", code=1)
    plant(here, {"c.md": OTHER})
    told = printed(capsys, "check", code=1)
    assert "c.md:3:19: error DS202" in told
    assert "a.md" not in told


def test_a_finding_is_known_again_when_its_line_and_numbers_change(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    plant(here, {"a.md": "# Ferry\n\nMore.\n\n**Stops mapped**: 8/19 (26.3%)\n"})
    assert "The baseline holds back 1 finding." in printed(capsys, "check")


def test_no_more_of_the_same_than_were_recorded(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    plant(here, {"a.md": WRONG + "\n## Later\n\n**Berths painted**: 3/4 (50%)\n"})
    told = printed(capsys, "check", code=1)
    assert "Found 1 error." in told
    assert "The baseline holds back 1 finding." in told


def test_what_is_gone_is_reported_until_it_is_pruned(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    plant(here, {"a.md": RIGHT})
    told = printed(capsys, "check", code=1)
    assert f"{FILE}:4:37: warning DS902[stale-baseline] no longer found in a.md: DS202 {NOTED}" in told
    assert "DS902" not in printed(capsys, "check", "b.md"), "it was not asked about"
    assert printed(capsys, "baseline") == (
        f"- a.md DS202 {NOTED}\n1 finding in it no longer occurs; --prune drops what is gone.\n{FILE} holds 1 finding.\n"
    )
    assert printed(capsys, "baseline", "--prune") == f"- a.md DS202 {NOTED}\n{FILE} holds 0 findings.\n"
    assert recorded(here) == []
    assert "Nothing found that contradicts." in printed(capsys, "check")


def test_a_count_only_falls(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"a.md": WRONG + "\n**Berths painted**: 3/4 (50%)\n"})
    printed(capsys, "baseline")
    assert recorded(here) == [["a.md", "DS202", NOTED, 2]]
    plant(here, {"a.md": WRONG})
    assert "(1 of 2)" in printed(capsys, "check", code=1)
    printed(capsys, "baseline", "--prune")
    assert recorded(here) == [["a.md", "DS202", NOTED, 1]]


def test_nothing_is_added_unless_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    before = (here / FILE).read_bytes()
    plant(here, {"b.md": OTHER})
    told = printed(capsys, "baseline", code=2)
    assert f"+ b.md DS202 {NOTED}\nAdded nothing to {FILE}: 1 finding is not in it" in told
    assert printed(capsys, "baseline", "--prune", code=2).startswith("+ b.md")
    assert (here / FILE).read_bytes() == before
    assert printed(capsys, "baseline", "--update") == f"+ b.md DS202 {NOTED}\n{FILE} holds 2 findings.\n"
    assert [row[0] for row in recorded(here)] == ["a.md", "b.md"]
    assert printed(capsys, "baseline") == f"{FILE} holds 2 findings.\n"


def test_the_file_is_sorted_and_has_a_line_for_each_finding(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"z.md": OTHER, "B.md": THIRD})
    printed(capsys, "baseline")
    lines = (here / FILE).read_text().splitlines()
    assert [line[:18] for line in lines if "path" in line] == ['  {"path": "B.md",', '  {"path": "a.md",', '  {"path": "z.md",']
    before = (here / FILE).stat()
    printed(capsys, "baseline", "--update")
    assert (here / FILE).stat().st_mtime_ns == before.st_mtime_ns, "what is as it should be is not written"


def test_the_report_for_programs_says_how_many_are_held_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    printed(capsys, "baseline")
    report = json.loads(printed(capsys, "check", "--output-format", "json"))
    assert report["summary"]["held_back"] == 1
    assert report["diagnostics"] == []
    assert "held_back" in str(report_schema())


def test_a_file_that_cannot_be_read_keeps_its_entries(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    (here / "a.md").write_bytes(b"\xff")
    assert "DS902" not in printed(capsys, "check", code=1)
    printed(capsys, "baseline", "--prune", code=2)
    assert recorded(here) == [["a.md", "DS202", NOTED, 1]]
    plant(here, {"a.md": WRONG})
    assert "holds back 1" in printed(capsys, "check")


def test_the_rank_of_what_is_gone_is_the_projects_choice(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    plant(here, {"a.md": RIGHT, "docsync.toml": "[rules.severity]\nDS902 = 'info'\n"})
    assert "info DS902" in printed(capsys, "check", "--show-notes")
    plant(here, {"docsync.toml": "[rules]\nignore = ['stale-baseline']\n"})
    assert "DS902" not in printed(capsys, "check")


def test_findings_that_fail_no_check_are_not_recorded(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"a.md": "# Ferry ‚úÖ\n\n1/2 done\n"})
    printed(capsys, "baseline")
    assert recorded(here) == []


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [3]}',
        '{"version": 1, "findings": [{"path": "a.md"}]}',
        '{"version": 1, "findings": [{"path": "a.md", "code": "DS202", "claim": "x", "count": true}]}',
        "[" * 100_000,
        '<<<<<<< ours\n{"version": 1}\n=======\n>>>>>>> theirs\n',
    ],
)
def test_a_broken_baseline_is_2_and_stays(here: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    plant(here, {FILE: text})
    for command in (["check"], ["baseline"], ["baseline", "--update"]):
        assert run(command) == 2
        assert capsys.readouterr().err.startswith(f"docsync: {FILE}")
    assert (here / FILE).read_text() == text


def test_an_entry_that_two_branches_added_counts_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = json.dumps({"path": "a.md", "code": "DS202", "claim": NOTED, "count": 1})
    plant(here, {FILE: f'{{"version": 1, "findings": [{row}, {row}]}}', "a.md": WRONG + "\n**Berths painted**: 3/4 (50%)\n"})
    assert "Found 1 error." in printed(capsys, "check", code=1)


def test_there_is_nothing_to_prune_without_a_baseline(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["baseline", "--prune"]) == 2
    assert "no baseline to prune" in capsys.readouterr().err
    assert not (here / FILE).exists()


def test_a_baseline_that_cannot_be_written_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "baseline")
    (here / "twin.json").hardlink_to(here / FILE)
    plant(here, {"b.md": OTHER})
    assert run(["baseline", "--update"]) == 2
    assert FILE in capsys.readouterr().err


BOARD = """\
---
records: hole
---

# Holes

| ID | Status |
| -- | ------ |
| H1 | done   |
| H2 | ready  |

So far 2/2 holes are resolved (100%).
"""


def test_what_is_put_up_with_is_not_rewritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"a.md": RIGHT, "plan.md": BOARD})
    assert "2 values" in printed(capsys, "regenerate", "--check", code=1)
    printed(capsys, "baseline")
    assert printed(capsys, "regenerate") == printed(capsys, "regenerate", "--unsafe") == "Nothing to rewrite.\n"
    assert (here / "plan.md").read_text() == BOARD


def test_what_a_marker_keeps_true_is_rewritten_all_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bound = BOARD.replace("So far", "<!-- docsync:claim holes.resolved/holes.total -->\n\nSo far")
    plant(here, {"a.md": RIGHT, "plan.md": bound})
    printed(capsys, "baseline")
    printed(capsys, "regenerate")
    assert "So far 1/2 holes are resolved (50%)." in (here / "plan.md").read_text()
