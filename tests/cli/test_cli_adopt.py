"""`docsync init --adopt`: a tree that nobody prepared, proposed for, written to, and green afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from docsync.cli.main import run
from docsync.config.loading import load_config
from trees import commit, git, plant

HOLES = """\
# Hole inventory of the tram line

**Total Holes**: 4
**Updated**: 2026-03-02

## H1: Rail profile

- **Status**: ✅ RESOLVED
- **Blocks**: H2

## H2: Depot gates

- **Status**: Blocked
- **Blocked by**: H3
- **Blocks**: the opening

## H3: Power feed

- **Status**: In progress
- **Blocks**: H2

## H4: Bell tone

- **Status**: Pending
"""
GATES = """\
# Gates before the first ride

## Gate 1: Track

**Status**: Pending

### Functional criteria

- [x] **F1.1**: A cart rolls to the depot
- [ ] **F1.2**: Points answer in a second

### Quality criteria

- [ ] **Q1.1**: No weld is cracked

## Gate 2: Power

**Status**: Pending

### Functional criteria

- [ ] **F2.1**: Lamps burn
- [ ] **F2.2**: Fuses hold
"""
STATE = """\
# Where we stand

Everybody reads this page.

| ID | Hole         | Status      |
|----|--------------|-------------|
| H1 | Rail profile | ✅ Done     |
| H2 | Depot gates  | 🔒 WAITING  |
| H3 | Power feed   | In Progress |
| H4 | Bell tone    | ✅ Complete |

Below it, prose that nobody touches.
"""
TASKS = """\
# Tasks of the depot

## Phase 1: Ground

- [x] T001 Clear the yard
- [x] T002 [P] Level the yard

## Phase 2: Roof

- [ ] T003 Order beams
- [ ] T004 [P] [US1] Raise beams
"""
LINE = {".git/": "", "plan/HOLES.md": HOLES, "plan/GATES.md": GATES, "STATE.md": STATE, "depot/tasks.md": TASKS}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(arguments) == code
    return capsys.readouterr().out


def homes(root: Path) -> set[tuple[str, str, str]]:
    found = tomllib.loads((root / "docsync.toml").read_text())["homes"]
    return {(home["path"], home["kind"], home["form"]) for home in found}


def test_homes_are_proposed_with_reasons_and_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE)
    out = told(capsys, "init", "--adopt")

    assert homes(here) == {
        ("plan/HOLES.md", "hole", "sections"),
        ("plan/GATES.md", "gate", "sections"),
        ("depot/tasks.md", "phase", "sections"),
        ("depot/tasks.md", "task", "items"),
    }
    assert "plan/HOLES.md: hole, sections  [certain]" in out
    assert "4 holes (H1 to H4) in sections, each once; all say how far they are" in out
    assert load_config(str(here)).homes
    assert git_free(here) == {"docsync.toml", ".docsync-baseline.json", *(name for name in LINE if not name.endswith("/"))}


def git_free(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and ".git/" not in str(path)}


def test_documents_are_left_as_they_are_without_markers(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE)
    told(capsys, "init", "--adopt")

    assert all((here / name).read_text() == text for name, text in LINE.items() if not name.endswith("/"))


def test_a_dry_run_says_all_and_writes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE)
    before = git_free(here)
    out = told(capsys, "init", "--adopt", "--dry-run", "--markers")

    assert git_free(here) == before
    assert 'path = "plan/HOLES.md"' in out
    assert '+<!-- docsync:begin where-we-stand view="status-table" kind="hole"' in out
    assert "+<!-- docsync:claim holes.total -->" in out


def test_markers_keep_the_table_and_regenerating_changes_only_the_wrong_cell(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, LINE)
    told(capsys, "init", "--adopt", "--markers", "--no-baseline")
    marked = (here / "STATE.md").read_text()

    assert [line for line in marked.splitlines() if line and "docsync:" not in line] == [
        line for line in STATE.splitlines() if line
    ]
    told(capsys, "regenerate")
    now = (here / "STATE.md").read_text()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in now.splitlines() if line.startswith("| H")]
    assert cells == [
        ["H1", "Rail profile", "✅ Done"],
        ["H2", "Depot gates", "🔒 WAITING"],
        ["H3", "Power feed", "In Progress"],
        ["H4", "Bell tone", "⏳ pending"],
    ]
    assert (here / "plan/HOLES.md").read_text() == HOLES.replace(
        "**Total Holes**", "<!-- docsync:claim holes.total -->\n\n**Total Holes**"
    )


def test_a_check_is_green_afterwards_and_fails_on_what_is_new(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE)
    out = told(capsys, "init", "--adopt")
    assert "the records bring" in out
    assert "The baseline holds back" in told(capsys, "check")
    assert "DS301" in told(capsys, "check", "--no-baseline", code=1)
    assert "Nothing to rewrite." in told(capsys, "regenerate", "--check")

    plant(here, {"LATER.md": "# Later\n\n3/4 holes are resolved.\n"})
    assert "LATER.md:3:1: error DS201" in told(capsys, "check", code=1)


def test_no_errors_are_new_with_the_proposal_as_it_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE | {"STATE.md": STATE.replace("✅ Complete", "⏳ Pending ")})
    before = told(capsys, "check")
    out = told(capsys, "init", "--adopt", "--markers")

    assert "error" not in before
    assert "A check finds 0 errors with it; none is new." in out
    assert "Nothing found that contradicts." in told(capsys, "check")
    assert "Nothing to rewrite." in told(capsys, "regenerate", "--check")


def test_ids_that_mean_something_else_in_each_folder_have_no_home(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = TASKS.replace("yard", "bridge").replace("Clear", "Paint").replace("Level", "Weigh").replace("beams", "lamps")
    plant(here, LINE | {"bridge/tasks.md": other.replace("Order", "Buy").replace("Raise", "Hang")})
    out = told(capsys, "init", "--adopt")

    assert not {kind for _, kind, _ in homes(here)} & {"task"}
    assert "T001 and others mean something else in each" in out
    told(capsys, "init", "--adopt", "--root", "bridge")
    assert ("tasks.md", "task", "items") in homes(here / "bridge")


def test_what_restates_a_home_is_no_second_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE | {"STATE.md": STATE.replace("Where we stand", "The holes")})
    out = told(capsys, "init", "--adopt", "--dry-run")

    assert "4 holes in STATE.md\n      they are at home in plan/HOLES.md" in out


def test_the_boxes_of_a_gate_are_its_criteria_and_no_records(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LINE)
    told(capsys, "init", "--adopt")

    assert "kinds" not in tomllib.loads((here / "docsync.toml").read_text())


def test_a_family_of_ids_without_a_kind_gets_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(
        f"| R{number} | Strike {number} | {status} |\n" for number, status in enumerate(("open", "closed", "open"), 1)
    )
    plant(here, {".git/": "", "RISKS.md": f"# Risks\n\n| ID | Risk | Status |\n|---|---|---|\n{rows}"})
    told(capsys, "init", "--adopt")
    config = load_config(str(here))

    assert config.kinds["risk"].matches("R2")
    assert homes(here) == {("RISKS.md", "risk", "rows")}


def test_a_word_beside_a_sign_is_learnt_and_one_without_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = HOLES.replace("✅ RESOLVED", "✅ Bolted").replace("Pending", "Dreaming")
    plant(here, {".git/": "", "HOLES.md": text})
    out = told(capsys, "init", "--adopt")
    config = load_config(str(here))

    assert config.words["bolted"] == "resolved"
    assert "dreaming" not in config.words
    assert "the status “dreaming”" in out


def test_a_folder_of_files_is_a_home(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {f"holes/H{number}.md": f"# H{number}: Part {number}\n\n**Status**: ready\n" for number in range(1, 4)}
    plant(here, {".git/": "", **files})
    told(capsys, "init", "--adopt")

    assert homes(here) == {("holes/*.md", "hole", "file")}


@pytest.mark.parametrize("path", ["archive/HOLES.md", "docs/templates/HOLES.md", "old/HOLES.md"])
def test_archives_and_templates_are_no_homes(path: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {".git/": "", path: HOLES})
    told(capsys, "init", "--adopt", code=2)

    assert not (here / "docsync.toml").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"docsync.toml": ""}, "docsync.toml: it is there already"),
        ({"pyproject.toml": "[tool.docsync]\n"}, "pyproject.toml: it configures docsync already"),
        ({"README.md": "# Nothing here\n"}, "nothing to adopt"),
    ],
)
def test_what_cannot_be_adopted_is_said(
    files: dict[str, str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, {".git/": "", **files})
    assert run(("init", "--adopt")) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--dry-run", "--markers", "--no-baseline"])
def test_options_of_adoption_need_it(option: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {".git/": ""})
    assert run(("init", option)) == 2
    assert "--adopt" in capsys.readouterr().err


def test_the_change_is_small_enough_to_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {name: text for name, text in LINE.items() if not name.startswith(".git")})
    commit(here)
    told(capsys, "init", "--adopt", "--markers", "--no-baseline")
    told(capsys, "regenerate")
    added, removed = [
        sum(int(line.split("\t")[column]) for line in git(here, "diff", "--numstat").splitlines()) for column in (0, 1)
    ]

    assert added - removed == 6  # two markers with a blank line each, and a comment with one
    assert removed <= 6


def test_crlf_stays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {".git/": "", "HOLES.md": HOLES.replace("\n", "\r\n"), "STATE.md": STATE.replace("\n", "\r\n")})
    told(capsys, "init", "--adopt", "--markers")
    text = (here / "STATE.md").read_bytes()

    assert b"docsync:begin" in text
    assert text.count(b"\n") == text.count(b"\r\n")


def test_a_proposal_is_the_same_in_every_run(tmp_path: Path) -> None:
    fields = ("Owner", "Priority", "Estimate", "Assignee", "Phase", "Blocks", "Depends on", "Type", "Effort", "Resolution")
    sections = "".join(
        f"## T{number}: Weld {number}\n\n- **Status**: Pending\n" + "".join(f"- **{name}**: x\n" for name in fields) + "\n"
        for number in range(1, 5)
    )
    plant(tmp_path, {**LINE, "plan/TASKS.md": f"# Tasks\n\n{sections}"})
    answers = {
        subprocess.run(
            [sys.executable, "-m", "docsync", "init", "--adopt", "--markers", "--dry-run"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
    assert "they have fields:" in answers.pop()
