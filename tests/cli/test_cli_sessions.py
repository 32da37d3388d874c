from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from invoking import Run
from trees import commit, git, plant

SAMPLE = Path(__file__).parents[2] / "sample_repo"


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a repository whose one commit holds the sample."""
    root = tmp_path / "sample"
    shutil.copytree(SAMPLE, root)
    monkeypatch.chdir(root)
    commit(root)
    return root


def change(root: Path, path: str, *pairs: tuple[str, str]) -> None:
    text = (root / path).read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (root / path).write_text(text)


def work(root: Path, docsync: Run) -> None:
    """Do a day's work: a hole and two tasks, a criterion, a figure, a decision, a file."""
    change(root, "planning/holes/H09-gap-filling.md", ("status: in_progress", "status: resolved"), ("- [ ]", "- [x]"))
    change(
        root,
        "planning/TASKS.md",
        ("| Fill short gaps                    | In progress |", "| Fill short gaps                    | Done        |"),
    )
    change(root, "planning/gates/G3.md", ("- [ ] The nightly thinning", "- [x] The nightly thinning"))
    change(root, "planning/METRICS.md", ("| M4 | Nightly thinning           | 55 ", "| M4 | Nightly thinning           | 38 "))
    change(
        root,
        "planning/LATER-HOLES.md",
        (
            "- **Status**: Blocked\n- **Type**: specification\n- **Phase**: 7\n- **Blocked by**: H9",
            "- **Status**: Ready\n- **Type**: specification\n- **Phase**: 7\n- **Blocked by**: H9",
        ),
    )
    plant(root, {"store/filling.py": "x = 1\n"})
    assert (
        docsync("new", "decision", "--title", "Fill no more than six hours", "rationale=It rains.", "--date", "2026-04-17").code
        == 0
    )
    docsync("regenerate")


def test_the_chain_of_the_sample(sample: Path, docsync: Run) -> None:
    del sample
    done = docsync("sessions")
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines[1:7]] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert "D1, D2, D3" in lines[1]
    assert "Storage" in lines[4]
    assert lines[-1] == "Read now: planning/handovers/2026-04-10-handover.md (Hand-over from session 6 to session 7)"
    assert docsync("sessions", "--last", "1").out.splitlines()[1].startswith("S6")


def test_the_chain_as_json(sample: Path, docsync: Run) -> None:
    del sample
    found = json.loads(docsync("sessions", "--json").out)
    assert found["version"] == 1
    assert [one["id"] for one in found["sessions"]] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert found["sessions"][5] == {
        "id": "S6",
        "number": 6,
        "date": "2026-04-10",
        "title": "What is kept",
        "path": "planning/sessions/2026-04-10-session-6.md",
        "line": 3,
        "resolved": ["H8"],
        "decided": ["D6"],
        "artifacts": ["store/thinning.py"],
        "next": ["Finish the filling of short gaps, then restore the backup for real."],
        "blockers": ["The nightly thinning takes longer than it may."],
        "handovers": ["planning/handovers/2026-04-10-handover.md"],
    }
    assert found["read"]["session"] == "S6"
    assert found["running"] is None
    assert found["behind"] is False


LOG = """\
---
records: session
---

# Log

## Session 2: Rain

- **Date**: 2026-05-04
- **Resolved**: H2
- **Next steps**: Dry the cellar

## Session 1: Sun

- **Date**: 2026-05-01
- **Resolved**: H1

### Next steps

- Buy pumps
- Ask the harbour
"""
TABLE = """\
---
records: session
---

| Session | Date | Resolved | Next |
| --- | --- | --- | --- |
| S10 | 2026-05-09 | H9 | Rest |
| S9 | 2026-05-08 | | H9 |
"""


@pytest.mark.parametrize(
    ("name", "text", "ids", "left"),
    [("LOG.md", LOG, ["Session 1", "Session 2"], ["Buy pumps", "Ask the harbour"]), ("T.md", TABLE, ["S9", "S10"], ["H9"])],
)
def test_sessions_in_sections_and_rows(  # noqa: PLR0913, PLR0917  # two fixtures and a case
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run, name: str, text: str, ids: list[str], left: list[str]
) -> None:
    monkeypatch.chdir(plant(tmp_path, {name: text}))
    found = json.loads(docsync("sessions", "--json").out)
    assert [one["id"] for one in found["sessions"]] == ids
    assert found["sessions"][0]["next"] == left
    assert f"Read now: {name}: nothing hands over from {ids[1]}" in docsync("sessions").out


def test_a_project_without_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run) -> None:
    monkeypatch.chdir(tmp_path)
    done = docsync("sessions")
    assert done.code == 0
    assert done.out == ""
    assert "there are no sessions" in done.err
    assert json.loads(docsync("sessions", "--json").out)["sessions"] == []


@pytest.mark.parametrize(
    ("path", "text", "session"),
    [
        ("HANDOFF.md", "# Handoff for session 2\n", "S1"),
        ("notes/hand-over-session-1.md", "# Notes\n", "S1"),
        ("a.md", "# Hand-over of session 2\n", "S2"),
        ("handovers/late.md", "# Late\n\n**Date**: 2026-05-05\n", "S2"),
        ("handovers/README.md", "# Hand-overs\n", None),
        ("handovers/TEMPLATE.md", "# Hand-over template\n", None),
    ],
)
def test_what_counts_as_a_hand_over(  # noqa: PLR0913, PLR0917  # two fixtures and a case
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run, path: str, text: str, session: str | None
) -> None:
    one = "---\nkind: session\nid: S{0}\ndate: 2026-05-0{1}\nnext: [Rest]\n---\n\n# S{0}\n"
    files = {"sessions/S1.md": one.format(1, 1), "sessions/S2.md": one.format(2, 4), path: text}
    monkeypatch.chdir(plant(tmp_path, files))
    found = json.loads(docsync("sessions", "--json").out)
    if session is None:
        assert found["read"] is None
    else:
        assert (found["read"]["path"], found["read"]["session"]) == (path, session)
        assert found["behind"] is (session == "S1")


def test_a_session_begins_with_its_document_and_the_hand_over(sample: Path, docsync: Run) -> None:
    done = docsync("session", "start", "--date", "2026-04-17", "--title", "Filling")
    assert done.code == 0
    assert "Wrote planning/sessions/2026-04-17-session-7.md\nChanged planning/STATE.md: 1 region (sessions)\n" in done.out
    assert done.out.endswith((SAMPLE / "planning/handovers/2026-04-10-handover.md").read_text())
    assert docsync("check").code == 0
    assert json.loads(docsync("sessions", "--json").out)["running"] == "S7"
    before = git(sample, "status", "--porcelain")
    again = docsync("session", "start")
    assert again.out.startswith("S7 is running: planning/sessions/2026-04-17-session-7.md\n")
    assert "Read first: planning/handovers/2026-04-10-handover.md" in again.out
    assert git(sample, "status", "--porcelain") == before
    for options in (("--id", "S9"), ("--title", "Rain"), ("--date", "2026-04-18"), ("--title", "Rain", "--dry-run")):
        other = docsync("session", "start", *options)
        assert (other.code, other.out) == (2, "")
        assert "S7 is running (planning/sessions/2026-04-17-session-7.md); `docsync session end` ends it first" in other.err
    assert docsync("session", "start", "--date", "2026-04-17", "--title", "Filling").out == again.out
    dry = docsync("session", "start", "--dry-run")
    assert (dry.code, dry.out) == (0, "")
    assert git(sample, "status", "--porcelain") == before


def test_a_hand_over_tells_what_git_shows(sample: Path, docsync: Run) -> None:
    docsync("session", "start", "--date", "2026-04-17", "--title", "Filling")
    work(sample, docsync)
    done = docsync("session", "end", "--date", "2026-04-17")
    assert done.code == 0, done.err
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    head = git(sample, "rev-parse", "HEAD")[:8]
    assert (
        text
        == f"""\
# Hand-over from session 7 to session 8

**Date**: 2026-04-17

What changed since S6 (2026-04-10, commit {head}).

## Resolved

- [H9](../holes/H09-gap-filling.md) GapFilling, in progress before
- [T7](../TASKS.md) Fill short gaps, in progress before

## Moved on

- [H20](../LATER-HOLES.md) CalibrationPlan: blocked → ready
- [G3](../gates/G3.md) Storage gate: The nightly thinning ends before sunrise (met)
- [M4](../METRICS.md) Nightly thinning: 55 → 38 min, of a target of 40

## New and gone

- [D7](../DECISIONS.md) Fill no more than six hours, decided

## Files

- `store/filling.py`, new

## To be picked up

- [H10](../LATER-HOLES.md) TideModel; H11, H12 wait for it
- [H16](../LATER-HOLES.md) MapTiles; H17 waits for it
- [H20](../LATER-HOLES.md) CalibrationPlan; H21 waits for it
- [T8](../TASKS.md) Mark filled values; T9 waits for it
- [T10](../TASKS.md) Write down the file layout; T11 waits for it
- [T12](../TASKS.md) Time the nightly thinning

## Waiting

- [H13](../LATER-HOLES.md) AlertRules waits for H12
- [H11](../LATER-HOLES.md) SurgeModel waits for H10
- [H12](../LATER-HOLES.md) EnsembleWeights waits for H10, H11
- [H14](../LATER-HOLES.md) EscalationTree waits for H13
- [H17](../LATER-HOLES.md) StationPage waits for H13, H16
- [H19](../LATER-HOLES.md) RunbookSet waits for H14
- [H15](../LATER-HOLES.md) QuietHours waits for H13
- [H18](../LATER-HOLES.md) AccessibilityPass waits for H17
- and 3 more; `docsync status` counts them

## Next

- Begin with H10 (TideModel)
- Begin with H16 (MapTiles)
- Begin with H20 (CalibrationPlan)
"""
    )
    session = (sample / "planning/sessions/2026-04-17-session-7.md").read_text()
    assert "resolved: [H9, T7]\ndecided: [D7]\nartifacts: [store/filling.py]\nnext: [Begin with H10 (TideModel)," in session
    assert "S7 has ended; planning/handovers/2026-04-17-handover.md hands over from it" in done.out
    assert not [
        line for line in docsync("check").out.splitlines() if line.startswith(("planning/handovers", "planning/sessions"))
    ]


def test_the_next_hand_over_goes_on_from_this_one(sample: Path, docsync: Run) -> None:
    docsync("session", "start", "--date", "2026-04-17")
    commit(sample)
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    commit(sample)
    idle = docsync("session", "end", "--date", "2026-04-18")
    assert idle.code == 2
    assert "nothing has changed since S7 (2026-04-17, commit " in idle.err
    change(
        sample,
        "planning/TASKS.md",
        ("| Mark filled values                 | Ready       |", "| Mark filled values                 | Done        |"),
    )
    commit(sample)
    (sample / "planning/holes/H05-store-and-forward.md").rename(sample / "planning/holes/H05-ring.md")
    done = docsync("session", "end", "--date", "2026-04-18", "--next", "Climb the mast.", "--note", "The wind turned.")
    assert done.code == 0, done.err
    text = (sample / "planning/handovers/2026-04-18-handover.md").read_text()
    assert "[T8](../TASKS.md) Mark filled values, ready before" in text
    assert "H9" not in text.partition("## To be picked up")[0]
    assert "The wind turned.\n" in text
    assert text.endswith("## Next\n\n- Climb the mast.\n")
    session = (sample / "planning/sessions/2026-04-18-session-8.md").read_text()
    assert "title: Mark filled values\n" in session
    assert "next: [Climb the mast.]" in session
    twice = docsync("session", "end", "--date", "2026-04-18")
    assert twice.code == 2
    assert "S8 ended today and is not committed yet" in twice.err


def test_a_hand_over_stays_clean_when_the_work_goes_on(sample: Path, docsync: Run) -> None:
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    change(sample, "planning/holes/H09-gap-filling.md", ("status: resolved", "status: in_progress"))
    (sample / "store/filling.py").unlink()
    change(sample, "planning/LATER-HOLES.md", ("- **Status**: Ready", "- **Status**: In progress"))
    docsync("regenerate")
    lines = docsync("check").out.splitlines()
    assert not [line for line in lines if line.startswith("planning/handovers")], lines


def test_a_dry_run_writes_nothing(sample: Path, docsync: Run) -> None:
    work(sample, docsync)
    before = git(sample, "status", "--porcelain", "-uall")
    shown = docsync("session", "end", "--date", "2026-04-17", "--dry-run")
    assert "+# Hand-over from session 7 to session 8\n" in shown.out
    assert "S7 would end" in shown.err
    assert docsync("session", "start", "--dry-run").code == 0
    assert git(sample, "status", "--porcelain", "-uall") == before
    subprocess.run(["git", "apply", "-"], input=shown.out, text=True, check=True, cwd=sample)
    assert (sample / "planning/handovers/2026-04-17-handover.md").is_file()


def test_without_git_the_records_tell(sample: Path, docsync: Run) -> None:
    shutil.rmtree(sample / ".git")
    work(sample, docsync)
    done = docsync("session", "end", "--date", "2026-04-17")
    assert done.code == 0, done.err
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "What changed since S6 (2026-04-10), told from the records alone, since this folder is in no git repository." in text
    assert "- [H9](../holes/H09-gap-filling.md) GapFilling\n" in text
    assert "- [D7](../DECISIONS.md) Fill no more than six hours, decided\n" in text
    assert "T7" not in text.partition("## To be picked up")[0]
    assert "## Files" not in text


def test_where_git_cannot_be_run_the_records_tell(sample: Path, docsync: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    work(sample, docsync)
    monkeypatch.setenv("PATH", str(sample / "nowhere"))
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "told from the records alone, since git could not be asked (git cannot be run: No such file or directory)" in text
    assert "- [H9](../holes/H09-gap-filling.md) GapFilling\n" in text


def test_a_repository_without_a_commit(sample: Path, docsync: Run) -> None:
    shutil.rmtree(sample / ".git")
    git(sample, "init", "-q")
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "told from the records alone, since git holds no commit of that time" in text


def test_sessions_that_git_does_not_hold_are_told_since_their_day(sample: Path, docsync: Run) -> None:
    shutil.rmtree(sample / ".git")
    shutil.move(sample / "planning/sessions", sample / "kept")
    shutil.move(sample / "planning/handovers", sample / "kept")
    os.environ["GIT_COMMITTER_DATE"] = "2026-04-09T12:00:00+00:00"
    try:
        commit(sample)
    finally:
        del os.environ["GIT_COMMITTER_DATE"]
    shutil.move(sample / "kept/handovers", sample / "planning/handovers")
    shutil.move(sample / "kept", sample / "planning/sessions")
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert f"since S6 (2026-04-10, commit {git(sample, 'rev-parse', 'HEAD')[:8]})" in text
    assert "T7" in text.partition("## To be picked up")[0]


def test_the_first_session_of_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run) -> None:
    hole = "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: ready\n---\n\n# Pier\n"
    monkeypatch.chdir(plant(tmp_path, {"plan/holes/H1.md": hole}))
    began = docsync("session", "start", "--date", "2026-05-01")
    assert began.code == 0
    assert "this is the first session" in began.err
    assert (tmp_path / "plan/holes/sessions/S1.md").is_file()
    assert docsync("session", "end", "--date", "2026-05-01").code == 0
    text = (tmp_path / "plan/holes/handovers/2026-05-01-handover.md").read_text()
    assert "This is the first session: there is none to compare with." in text
    assert "- Begin with H1 (Pier)\n" in text
    assert docsync("check").code == 0


def test_sessions_that_share_a_table_and_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run) -> None:
    hole = "---\nkind: hole\nid: H9\ntitle: Pier\nstatus: {}\n---\n\n# Pier\n"
    root = plant(tmp_path, {"log.md": TABLE, "H9.md": hole.format("in_progress")})
    monkeypatch.chdir(root)
    commit(root)
    plant(root, {"H9.md": hole.format("resolved")})
    done = docsync("session", "end", "--date", "2026-05-10", "--dir", "over")
    assert done.code == 0, done.err
    row = (root / "log.md").read_text().splitlines()[6]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == ["S11", "2026-05-10", "H9", ""]
    text = (root / "over/2026-05-10-handover.md").read_text()
    assert "- [H9](../H9.md) Pier, in progress before\n" in text
    assert "Nothing is ready to start.\n" in text


def test_an_ended_session_does_not_end_again(sample: Path, docsync: Run) -> None:
    del sample
    done = docsync("session", "end", "--id", "S6")
    assert done.code == 2
    assert "S6 has ended: planning/handovers/2026-04-10-handover.md hands over from it" in done.err


def test_a_hand_over_never_takes_the_place_of_another(sample: Path, docsync: Run) -> None:
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-10").code == 0
    found = sorted(os.listdir(sample / "planning/handovers"))
    assert found == ["2026-04-10-handover-7.md", "2026-04-10-handover.md"]
    assert (sample / "planning/handovers/2026-04-10-handover.md").read_bytes() == (
        SAMPLE / "planning/handovers/2026-04-10-handover.md"
    ).read_bytes()


def test_files_that_were_renamed_removed_or_are_very_many(sample: Path, docsync: Run) -> None:
    plant(sample, {"src/old.py": "x = 1\ny = 2\nz = 3\n", "src/gone.py": "1\n", "src/kept.py": "1\n"})
    plant(
        sample, {"planning/sessions/2026-04-11-session-7.md": "---\nkind: session\nid: S7\ndate: 2026-04-11\nnext: [Go]\n---\n"}
    )
    commit(sample)
    (sample / "src/old.py").rename(sample / "src/new.py")
    (sample / "src/gone.py").unlink()
    (sample / "src/kept.py").write_text("2\n")
    plant(sample, {f"out/{number:02}.csv": "1\n" for number in range(20)})
    git(sample, "add", "-A", "src")
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "since S7 (2026-04-11, commit" in text
    assert "- `out/00.csv`, new\n" in text
    assert "- and 8 more files\n" in text
    session = (sample / "planning/sessions/2026-04-17-session-8.md").read_text()
    assert session.count(".csv") == 12
    assert "src/" not in session
    plant(sample, {".gitignore": "out/\n"})
    shutil.rmtree(sample / "planning/handovers")
    (sample / "planning/sessions/2026-04-17-session-8.md").unlink()
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "- `src/gone.py`, removed\n- `src/kept.py`, changed\n- `src/new.py`, renamed from src/old.py\n" in text


def test_an_id_names_the_session_that_ends(sample: Path, docsync: Run) -> None:
    work(sample, docsync)
    wrong = docsync("session", "end", "--id", "X7")
    assert wrong.code == 2
    assert "X7 is not the id of a session" in wrong.err
    assert docsync("session", "end", "--id", "S12", "--date", "2026-04-17", "--title", "Filling").code == 0
    assert (sample / "planning/sessions/2026-04-17-session-12.md").read_text().startswith("---\nkind: session\nid: S12\n")
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert text.startswith("# Hand-over from session 12 to session 13\n")
    assert "\n\nFilling.\n\n" in text


def test_a_running_session_keeps_what_was_written_into_it(sample: Path, docsync: Run) -> None:
    docsync("session", "start", "--date", "2026-04-17")
    change(
        sample,
        "planning/sessions/2026-04-17-session-7.md",
        ("decided: []", "decided: [D6]"),
        ("artifacts: []", "artifacts: [notes.txt]"),
    )
    work(sample, docsync)
    assert docsync("session", "end", "--id", "s7", "--date", "2026-04-17", "--title", "Filling").code == 0
    text = (sample / "planning/sessions/2026-04-17-session-7.md").read_text()
    assert "decided: [D6, D7]\n" in text
    assert "artifacts: [notes.txt, store/filling.py]\n" in text
    assert "title: Filling\n" in text


def test_what_came_and_went(sample: Path, docsync: Run) -> None:
    assert docsync("new", "hole", "--title", "BuoyLamps", "phase=5").code == 0
    change(sample, "planning/METRICS.md", ("| M5 | Stations on the north mast | 8       | 8      |         | higher |\n", ""))
    change(sample, "planning/gates/G3.md", ("- [x] Thinning gives", "- [ ] Thinning gives"))
    change(sample, "planning/holes/H08-retention-policy.md", ("status: resolved", "status: in_progress"))
    docsync("regenerate")
    assert docsync("session", "end", "--date", "2026-04-17").code in (0, 1)
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "- [H22](../LATER-HOLES.md) BuoyLamps, new: pending\n" in text
    assert "- M5 Stations on the north mast, gone from `planning/METRICS.md`\n" in text
    assert "- [G3](../gates/G3.md) Storage gate: Thinning gives the same result twice (not met any more)\n" in text
    assert "- [H8](../holes/H08-retention-policy.md) RetentionPolicy: resolved → in progress\n" in text
    assert "## Resolved" not in text


def test_what_cannot_be_read_today_is_not_told_to_be_gone(sample: Path, docsync: Run) -> None:
    work(sample, docsync)
    (sample / "planning/METRICS.md").write_bytes(b"\xff")
    docsync("session", "end", "--date", "2026-04-17")
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "GapFilling" in text
    assert "gone" not in text.replace("New and gone", "")


def test_a_scaffold_of_the_project_lays_the_hand_over_out(sample: Path, docsync: Run) -> None:
    change(sample, "docsync.toml", ('include = ["planning/**/*.md"]', 'include = ["planning/**/*.md"]\ntemplates = "views"'))
    scaffold = "# Hand-over {{ from }}\n\n{% for one in done %}\n* {{ one.id }}\n{% endfor %}\n"
    plant(sample, {"views/scaffolds/handover.md.j2": scaffold})
    commit(sample)
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert text == "# Hand-over session 7\n\n* H9\n* T7\n"
    plant(sample, {"views/scaffolds/handover.md.j2": "{{ 1 / 0 }}"})
    commit(sample)
    refused = docsync("session", "end", "--date", "2026-04-18", "--note", "Rain.")
    assert refused.code == 2
    assert "scaffolds/handover.md.j2, line 1" in refused.err


def test_what_cannot_be_written_leaves_everything_as_it_was(sample: Path, docsync: Run) -> None:
    work(sample, docsync)
    (sample / "planning/STATE.md").chmod(0o444)
    before = git(sample, "status", "--porcelain", "-uall")
    done = docsync("session", "end", "--date", "2026-04-17")
    assert done.code == 2
    assert "planning/STATE.md: the file is read-only" in done.err
    assert git(sample, "status", "--porcelain", "-uall") == before


def test_a_shallow_clone_tells_what_it_can(sample: Path, docsync: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(sample, {"notes.txt": "1\n"})
    commit(sample)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{sample}", "shallow")
    shallow = tmp_path / "shallow"
    monkeypatch.chdir(shallow)
    work(shallow, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    assert "GapFilling, in progress before" in (shallow / "planning/handovers/2026-04-17-handover.md").read_text()


def test_a_project_below_its_repository(sample: Path, docsync: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(sample / ".git")
    monkeypatch.chdir(tmp_path)
    plant(tmp_path, {"other.txt": "1\n"})
    commit(tmp_path)
    plant(tmp_path, {"other.txt": "2\n"})
    monkeypatch.chdir(sample)
    work(sample, docsync)
    assert docsync("session", "end", "--date", "2026-04-17").code == 0
    text = (sample / "planning/handovers/2026-04-17-handover.md").read_text()
    assert "- `store/filling.py`, new\n" in text
    assert "other.txt" not in text
    assert "H9" in text


def test_a_session_that_came_in_with_a_merge(sample: Path, docsync: Run) -> None:
    git(sample, "switch", "-q", "-c", "work")
    plant(
        sample, {"planning/sessions/2026-04-17-session-7.md": "---\nkind: session\nid: S7\ndate: 2026-04-17\nnext: [Go]\n---\n"}
    )
    commit(sample)
    git(sample, "switch", "-q", "main")
    change(sample, "planning/holes/H09-gap-filling.md", ("status: in_progress", "status: resolved"))
    commit(sample)
    git(sample, "merge", "-q", "--no-ff", "-m", "x", "work")
    change(
        sample, "planning/METRICS.md", ("| M4 | Nightly thinning           | 55 ", "| M4 | Nightly thinning           | 38 ")
    )
    docsync("regenerate")
    assert docsync("session", "end", "--date", "2026-04-18").code in (0, 1)
    text = (sample / "planning/handovers/2026-04-18-handover.md").read_text()
    assert f"since S7 (2026-04-17, commit {git(sample, 'rev-parse', 'HEAD')[:8]})" in text
    assert "55 → 38 min" in text
    assert "H9" not in text.partition("## To be picked up")[0]


def test_hostile_names_cannot_break_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run) -> None:
    hole = "---\nkind: hole\nid: H1\ntitle: 'a <!-- docsync:end x --> | \\`b`'\nstatus: {}\n---\n\n# x\n"
    session = "---\nkind: session\nid: S1\ndate: 2026-05-01\nnext: [Go]\n---\n"
    root = plant(tmp_path, {"sessions/S1.md": session, "holes/H1 (a).md": hole.format("ready")})
    monkeypatch.chdir(root)
    commit(root)
    plant(root, {"holes/H1 (a).md": hole.format("in_progress"), "we`ird\x1b[31m.txt": "1"})
    done = docsync("session", "end", "--date", "2026-05-02")
    assert done.code == 0, done.err
    assert "\x1b" not in done.out
    text = (root / "handovers/2026-05-02-handover.md").read_text()
    assert "[H1](../holes/H1%20%28a%29.md)" in text
    assert docsync("check").code == 0


HOLE = "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: {}\n---\n\n# Pier\n"
DATED = """\
---
records: session
---

# Log

## Session 1 — 2026-05-04

We dug.

## Session 2 — 2026-05-09

We pumped.
"""
FILE = "---\nkind: session\nid: S2\ndate: 2026-05-09\nresolved: []\nnext: []\n---\n\n# Pumps\n\nWe pumped.\n"
ROWS = "---\nrecords: session\n---\n\n| ID | Date | Title | Next |\n| --- | --- | --- | --- |\n| S2 | 2026-05-09 | Pumps | |\n"
STATE = "# State\n\n**Last session**: Session 7\n"
OPEN = DATED.replace("We pumped.", "- **Next**: None\n\nWe pumped.")


@pytest.fixture
def resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Stand in a repository whose log has been committed, with a hole resolved since."""

    def begin(log: str) -> Path:
        root: Path = plant(tmp_path, {"log.md": log, "H1.md": HOLE.format("ready")})
        commit(root)
        monkeypatch.chdir(plant(root, {"H1.md": HOLE.format("resolved")}))
        return root

    return begin


@pytest.mark.parametrize("log", [DATED, FILE, ROWS, OPEN])
def test_an_end_leaves_the_session_of_another_day_alone(resolved: Callable[[str], Path], docsync: Run, log: str) -> None:
    root = resolved(log)
    before = git(root, "status", "--porcelain", "-uall")
    assert json.loads(docsync("sessions", "--json").out)["running"] is None
    old = "Session 2" if "Session 2" in log else "S2"
    named = docsync("session", "end", "--id", old, "--date", "2026-06-01")
    assert named.code == 2
    assert f"{old} was on 2026-05-09" in named.err
    shown = docsync("session", "end", "--date", "2026-06-01", "--dry-run")
    assert shown.code == 0
    assert git(root, "status", "--porcelain", "-uall") == before
    done = docsync("session", "end", "--date", "2026-06-01")
    assert done.code == 0, done.err
    new = old.replace("2", "3")
    assert f"{new} has ended" in done.out
    left = f"{old} was begun and is left as it is; `docsync session end --id '{old}' --date 2026-05-09` ends that one"
    assert (left in done.out) is (log != DATED)
    assert (root / "log.md").read_text().startswith(log)
    found = json.loads(docsync("sessions", "--json").out)["sessions"]
    assert (found[-1]["id"], found[-1]["date"]) == (new, "2026-06-01")
    written = git(root, "diff", "--stat"), git(root, "status", "--porcelain", "-uall")
    git(root, "checkout", "-q", "log.md")
    shutil.rmtree(root / "handovers")
    (root / "S3-pier.md").unlink(missing_ok=True)
    subprocess.run(["git", "apply", "-"], input=shown.out, text=True, check=True, cwd=root)
    assert (git(root, "diff", "--stat"), git(root, "status", "--porcelain", "-uall")) == written


def test_what_began_in_a_log_ends_there_days_later(resolved: Callable[[str], Path], docsync: Run) -> None:
    root = resolved(DATED)
    began = docsync("session", "start", "--title", "Pier", "--date", "2026-06-01")
    assert began.code == 0, began.err
    assert (root / "log.md").read_text().startswith(f"{DATED}\n## Session 3 — 2026-06-01: Pier\n")
    assert docsync("session", "start").out.startswith("Session 3 is running: log.md\n")
    done = docsync("session", "end", "--date", "2026-06-03")
    assert "Session 3 has ended" in done.out
    text = (root / "log.md").read_text()
    assert text.startswith(DATED)
    assert "- **Resolved**: H1\n" in text.removeprefix(DATED)
    assert "## Session 4" not in text


def test_a_session_that_somebody_wrote_into_ends_on_its_day_alone(resolved: Callable[[str], Path], docsync: Run) -> None:
    root = resolved(OPEN)
    done = docsync("session", "end", "--date", "2026-05-09")
    assert "Session 2 has ended" in done.out
    assert "We pumped.\n" in (root / "log.md").read_text()
    assert "Session 3" not in (root / "log.md").read_text()


def test_a_pipe_is_given_short_lines_and_programs_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run
) -> None:
    title, left = "rain " * 30, "- " + "pump the cellar dry " * 20
    many = ", ".join(f"H{number}" for number in range(1, 40))
    log = (
        f"---\nrecords: session\n---\n\n## Session 1: {title}\n\n- **Date**: 2026-05-04\n- **Resolved**: {many}\n"
        f"- **Decided**:\n  - {'wait for rain ' * 9}\n  - D2\n- **Next**:\n  {left}\n"
    )
    monkeypatch.chdir(plant(tmp_path, {"log.md": log}))
    line = docsync("sessions").out.splitlines()[1]
    assert len(line) < 220
    assert "H1, H2, H3, H4, H5, H6, H7 +32" in line
    assert "wait for rain wait for rain… +1" in line
    assert line.endswith("pump the cellar dry pump the ce…")
    found = json.loads(docsync("sessions", "--json").out)["sessions"][0]
    assert (found["title"], len(found["resolved"])) == (title.strip(), 39)
    assert found["next"] == [left[2:].strip()]


@pytest.mark.parametrize(
    ("files", "session", "said"),
    [
        ({"log.md": DATED.partition("---\n\n")[2]}, "S3", "begin at log.md:3: `records: session` in the front matter of that"),
        ({"log.md": "# Log\n\n### Session 1: Sun\n\nSession 2 will dry the cellar.\n"}, "S2", "up to session 1, "),
        (
            {"log.md": "# Log\n\n### Session 1: Sun\n", "state.md": STATE},
            "S8",
            "to session 7, ",
        ),
        (
            {"state.md": STATE},
            "S8",
            "a document that holds them says so in its front matter",
        ),
        ({"handover.md": "# Hand-over to session 4\n"}, "S1", ""),
    ],
)
def test_the_first_record_goes_on_from_sessions_that_are_not_read(  # noqa: PLR0913, PLR0917  # two fixtures and a case
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, docsync: Run, files: dict[str, str], session: str, said: str
) -> None:
    monkeypatch.chdir(plant(tmp_path, {**files, "H1.md": HOLE.format("ready")}))
    assert said in docsync("sessions").err
    dry = docsync("session", "start", "--date", "2026-06-01", "--dry-run")
    assert f"+++ b/sessions/{session}.md\n" in dry.out
    ended = docsync("session", "end", "--date", "2026-06-01", "--dry-run")
    assert f"+++ b/sessions/{session}.md\n" in ended.out
    assert ("This is the first session" in ended.out) is (not said)
    began = docsync("session", "start", "--date", "2026-06-01")
    assert began.code == 0, began.err
    assert (tmp_path / f"sessions/{session}.md").is_file()
    assert said in began.err
    assert ("this is the first session" in began.err) is (not said and "handover.md" not in files)


@pytest.mark.parametrize("code", [0, 1])
def test_a_dry_run_ends_as_the_writing_would(sample: Path, docsync: Run, code: int) -> None:
    plant(sample, {"planning/now.md": "# Now\n\n**Last updated**: 2026-04-10\n" + "\n**Total sessions**: 6\n" * code})
    commit(sample)
    work(sample, docsync)
    dry = docsync("session", "end", "--date", "2026-04-17", "--dry-run")
    assert dry.code == code, dry.err
    assert docsync("session", "end", "--date", "2026-04-17").code == code
    again = docsync("session", "end", "--date", "2026-04-17", "--dry-run")
    assert (again.code, again.out) == (2, "")
