from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from docsync.text.together import write_together
from docsync.text.writing import Plan, Written
from invoking import Run
from trees import plant

SAMPLE = Path(__file__).parents[2] / "sample_repo"


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "sample"
    shutil.copytree(SAMPLE, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str | bytes]], Path]:
    def lay(files: Mapping[str, str | bytes]) -> Path:
        monkeypatch.chdir(tmp_path)
        return plant(tmp_path, files)

    return lay


Place = Callable[[Mapping[str, str | bytes]], Path]


def texts(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_file_beside_its_siblings_of_the_same_phase(sample: Path, docsync: Run) -> None:
    done = docsync(
        "new", "hole", "--title", "BuoyLamps", "phase=3", "blocked_by=H9", "criteria=Seen from the pier; Lasts a winter"
    )
    assert done.code == 0, done.err
    assert (sample / "planning/holes/H22-buoy-lamps.md").read_text() == (
        "---\nkind: hole\nid: H22\ntitle: BuoyLamps\nstatus: blocked\nphase: 3\nblocked_by: [H9]\nblocks: []\n---\n\n"
        "# H22: BuoyLamps\n\n<!-- What is not known yet, and what cannot be built without it. -->\n\n"
        "## Acceptance criteria\n\n- [ ] Seen from the pier\n- [ ] Lasts a winter\n"
    )
    assert "blocks: [H20, H22]" in (sample / "planning/holes/H09-gap-filling.md").read_text()
    assert (
        "| H22 | BuoyLamps         | 🔒 blocked     | 3     | H9         | —                |"
        in (sample / "planning/HOLES.md").read_text()
    )
    assert "**Holes**: 8/22 resolved (36.4%)" in (sample / "planning/STATE.md").read_text()
    assert "H22 BuoyLamps is a hole now, blocked: planning/holes/H22-buoy-lamps.md:3" in done.out
    assert docsync("check").code == 0


def test_a_section_behind_the_last_of_its_phase(sample: Path, docsync: Run) -> None:
    before = (sample / "planning/LATER-HOLES.md").read_text()
    assert docsync("new", "hole", "--title", "AlarmTone", "phase=Phase 4", "type=interface").code == 0
    new = (
        "### H22: AlarmTone\n\n<!-- What is not known yet, and what cannot be built without it. -->\n\n"
        "- **Status**: Pending\n- **Type**: interface\n- **Phase**: Phase 4\n- **Blocked by**: None\n- **Blocks**: None\n\n"
        "**Acceptance criteria**:\n\n<!-- What must hold for it to be resolved, a box each. -->\n\n"
    )
    after = (sample / "planning/LATER-HOLES.md").read_text()
    assert after == before.replace("## Phase 5: Alerts\n", f"{new}## Phase 5: Alerts\n")
    assert docsync("check").code == 0


def test_a_row_behind_the_last_one(sample: Path, docsync: Run) -> None:
    done = docsync("new", "task", "--title", "Paint | the buoys", "workstream=WS3", "depends_on=T8,T10", "Owner=Noor")
    assert done.code == 0, done.err
    rows = (sample / "planning/TASKS.md").read_text().split("\n")
    assert (
        rows[33]
        == "| T13 | Paint \\| the buoys                  | Blocked     | WS3        |      |          | T8, T10    | Noor  |"
    )
    assert rows[32].startswith("| T12 |")
    assert docsync("check").code == 0


def test_a_decision_before_the_section_that_is_generated_from_it(sample: Path, docsync: Run) -> None:
    assert docsync("new", "decision", "--title", "Lamps run dry", "rationale=It rains.", "--date", "2026-04-12").code == 0
    text = (sample / "planning/DECISIONS.md").read_text()
    section = (
        "### D7: Lamps run dry\n\n- **Date**: 2026-04-12\n- **Status**: Accepted\n- **Rationale**: It rains.\n\n"
        "## In one table\n"
    )
    assert section in text
    assert "| 2026-04-12 | D7  | Lamps run dry " in text


def test_a_session_is_named_and_titled_as_the_others(sample: Path, docsync: Run) -> None:
    assert docsync("new", "session", "--title", "Fog", "--date", "2026-04-17").code == 0
    text = (sample / "planning/sessions/2026-04-17-session-7.md").read_text()
    assert text.startswith("---\nkind: session\nid: S7\ntitle: Fog\nnumber: 7\ndate: 2026-04-17\nresolved: []\n")
    assert "\n# Session 7: Fog\n" in text


ITEMS = """\
---
records: {task: items}
---

# Tasks

- [x] **T001** Sound the harbour
- [ ] **T002** Draw the map
  - Depends on: T001

Nothing more for now."""


def test_an_item_at_the_end_of_its_list(place: Place, docsync: Run) -> None:
    root = place({"tasks.md": ITEMS})
    done = docsync("new", "task", "--title", "Print the map", "depends_on=T002")
    assert done.code == 0, done.err
    new = "- [ ] **T003** Print the map\n  - Status: Blocked\n  - Depends on: T002\n"
    before, _, after = ITEMS.partition("  - Depends on: T001\n")
    assert (root / "tasks.md").read_text() == f"{before}  - Depends on: T001\n{new}{after}"


def test_line_ends_and_the_missing_last_one_are_kept(place: Place, docsync: Run) -> None:
    text = "---\r\nrecords: hole\r\n---\r\n\r\n## H1: Pier\r\n\r\n**Status:** ✅ Done\r\n\r\nOld."
    root = place({"holes.md": text.encode()})
    assert docsync("new", "hole", "--title", "Quay", "blocked_by=H1").code == 0
    raw = (root / "holes.md").read_bytes().decode()
    assert raw.startswith(text)
    assert "\n" not in raw.replace("\r\n", "")
    assert not raw.endswith("\n")
    assert "\r\n\r\n## H2: Quay\r\n" in raw
    assert "**Status:** ⏳ Pending\r\n" in raw


def test_sections_that_lines_part_stay_parted(place: Place, docsync: Run) -> None:
    text = "---\nrecords: hole\n---\n\n## H1: Pier\n\n- **Status**: Done\n\n---\n\n## H2: Quay\n\n- **Status**: Ready\n"
    root = place({"holes.md": text})
    assert docsync("new", "hole", "--title", "Mole").code == 0
    assert (root / "holes.md").read_text().startswith(f"{text}\n---\n\n## H3: Mole\n")


def test_the_first_of_its_kind_goes_where_it_is_told_to(place: Place, docsync: Run) -> None:
    root = place({"README.md": "# Harbour\n"})
    refused = docsync("new", "hole", "--title", "Pier")
    assert refused.code == 2
    assert "no document here is the home of holes; say where this one goes: --in FOLDER/" in refused.err
    assert docsync("new", "hole", "--title", "Pier", "--in", "holes/").code == 0
    assert (root / "holes/H1-pier.md").read_text().startswith("---\nkind: hole\nid: H1\ntitle: Pier\nstatus: pending\n")
    plant(root, {"later.md": "---\nrecords: hole\n---\n\n# Later\n"})
    assert docsync("new", "hole", "--title", "Quay", "--in", "later.md").code == 0
    assert "\n## H2: Quay\n\n" in (root / "later.md").read_text()
    assert docsync("check").code == 0


def test_a_folder_that_the_configuration_sets_apart(place: Place, docsync: Run) -> None:
    rule = '[[homes]]\npath = "open/questions/*.md"\nkind = "hole"\nform = "file"\n'
    root = place({"docsync.toml": rule, "a.md": "# A\n"})
    assert docsync("new", "hole", "--title", "Pier").code == 0
    assert (root / "open/questions/H1-pier.md").is_file()


def test_a_kind_of_the_project_takes_the_scaffold_of_any_record(place: Place, docsync: Run) -> None:
    own = '[kinds.risk]\nid = "R-\\\\d+"\nfields = {likelihood = {type = "enum", values = ["low", "high"]}}\n'
    root = place({"docsync.toml": own, "a.md": "# A\n"})
    assert docsync("new", "risk", "--title", "Ice", "likelihood=high", "--in", "risks/").code == 0
    assert (root / "risks/R-1-ice.md").read_text() == (
        "---\nkind: risk\nid: R-1\ntitle: Ice\nlikelihood: high\n---\n\n# R-1: Ice\n\n<!-- What it is about. -->\n"
    )
    wrong = docsync("new", "risk", "--title", "Fog", "likelihood=hihg")
    assert wrong.code == 2
    assert "did you mean high?" in wrong.err


def test_the_project_has_the_last_word_on_a_scaffold(place: Place, docsync: Run) -> None:
    scaffold = (
        "{#\nOurs.\n\nstatus: how far (default: ready)\npriority: how urgent (default: soon)\n#}\n"
        "{{ head | safe }}\n\nAsk {{ id }}!\n"
    )
    files = {"docsync.toml": 'templates = "views"\n', "views/scaffolds/hole.md.j2": scaffold, "a.md": "# A\n"}
    root = place(files)
    assert docsync("new", "hole", "--title", "Pier", "--in", "holes/").code == 0
    assert (root / "holes/H1-pier.md").read_text() == (
        "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: ready\npriority: soon\n---\n\n# H1: Pier\n\nAsk H1!\n"
    )
    assert "scaffolds" not in docsync("views").out
    assert "hole (" not in docsync("views").out


def test_a_scaffold_that_would_do_harm_is_stopped(place: Place, docsync: Run) -> None:
    files = {"docsync.toml": 'templates = "views"\n', "a.md": "# A\n"}
    root = place({**files, "views/scaffolds/hole.md.j2": "{{ ''.__class__.__mro__ }}"})
    before = texts(root)
    done = docsync("new", "hole", "--title", "Pier", "--in", "holes/")
    assert done.code == 2
    assert "scaffolds/hole.md.j2" in done.err
    assert texts(root) == before
    assert not (root / "holes").exists()


def test_a_scaffold_behind_a_link_is_refused(place: Place, docsync: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = plant(tmp_path_factory.mktemp("out"), {"hole.md.j2": "{{ head }}"})
    root = place({"docsync.toml": 'templates = "views"\n', "a.md": "# A\n", "views/scaffolds/": ""})
    (root / "views/scaffolds/hole.md.j2").symlink_to(outside / "hole.md.j2")
    done = docsync("new", "hole", "--in", "holes/")
    assert done.code == 2
    assert "symbolic link" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hole", "blocked_by=H99"), "blocked_by: there is no record H99; did you mean H9?"),
        (("hole", "phas=3"), "holes have no field phas; did you mean phase?"),
        (("hole", "status=redy"), "“redy” is not a status; did you mean ready?"),
        (("hol",), "there is no kind hol; did you mean hole?"),
        (
            ("hole", "--id", "h9"),
            "H9 is taken, by the hole GapFilling at planning/holes/H09-gap-filling.md:3; the next free one is H22",
        ),
        (("hole", "--id", "Q1"), "Q1 is not the id of a hole: these match H\\d{1,6}[a-z]?; the next free one is H22"),
        (("hole", "phase=12"), "phase: there is no phase 12; known are P1, P2,"),
        (("hole", "phase=G3"), "phase: G3 is a gate and no phase"),
        (("hole", "type=x", "Type=y"), "type is given twice, once as Type"),
        (("hole", "type=x", "type=y"), "type is given 2 times and holds one value"),
        (("task", "criteria=x"), "has no column for criteria; its columns are ID, Task, Status,"),
        (("hole", "phase"), "phase: write field=value, such as phase=3"),
        (("hole", "--date", "soon"), "soon is no day; write it as 2026-10-21"),
        (
            ("hole", "--in", "planning/HOLS.md"),
            "planning/HOLS.md is no document of the project; did you mean planning/HOLES.md?",
        ),
        (("hole", "--in", "planning/TASKS.md"), "planning/TASKS.md is no home of holes; write `records: hole`"),
        (("hole", "--in", "notes/"), "notes/H22.md would not be read: `include` takes planning/**/*.md alone"),
        (("hole", "--in", "/etc/"), "lies outside the project"),
        (("hole", "blocked_by=H12", "blocks=H10"), "that would make a cycle: H10 → H22 → H12 → H10, each waiting for the next"),
    ],
)
def test_what_is_refused_writes_nothing(sample: Path, docsync: Run, arguments: tuple[str, ...], said: str) -> None:
    before = texts(sample)
    done = docsync("new", *arguments)
    assert said in done.err
    assert done.code == 2
    assert "Traceback" not in done.err
    assert texts(sample) == before


def test_a_dry_run_shows_a_patch_that_can_be_applied(sample: Path, docsync: Run) -> None:
    before = texts(sample)
    done = docsync("new", "hole", "--title", "BuoyLamps", "phase=3", "blocked_by=H9", "--dry-run")
    assert done.code == 0
    assert "H22 BuoyLamps would be a hole, blocked" in done.err
    assert texts(sample) == before
    subprocess.run(["git", "apply", "-"], input=done.out, text=True, check=True, cwd=sample)
    patched = texts(sample)
    shutil.rmtree(sample / "planning")
    shutil.copytree(SAMPLE / "planning", sample / "planning")
    assert docsync("new", "hole", "--title", "BuoyLamps", "phase=3", "blocked_by=H9").code == 0
    assert texts(sample) == patched


def test_what_disagrees_elsewhere_is_told_and_left_to_people(place: Place, docsync: Run) -> None:
    hole = "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: ready\n---\n\n# Pier\n"
    root = place({"holes/H1-pier.md": hole, "README.md": "# Harbour\n\nThere are 1 holes in total.\n\n**Total holes**: 1\n"})
    assert docsync("check").code == 0
    done = docsync("new", "hole", "--title", "Quay")
    assert (root / "holes/H2-quay.md").is_file()
    assert done.code == docsync("check").code == 1
    assert "1 contradiction that was not there before:" in done.out
    assert "README.md:5" in done.out


def test_what_others_have_to_follow_is_told_and_refuses_nothing(sample: Path, docsync: Run) -> None:
    done = docsync("new", "hole", "--title", "Late", "phase=1")
    assert done.code == 1
    assert (sample / "planning/holes/H22-late.md").is_file()
    assert "P1 is complete, but 1 of its" in done.out


def test_a_file_that_is_there_is_never_overwritten(place: Place, docsync: Run) -> None:
    hole = "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: ready\n---\n\n# Pier\n"
    root = place({"docsync.toml": 'exclude = ["holes/H2*"]\n', "holes/H1-pier.md": hole, "holes/H2-quay.md": "Mine."})
    done = docsync("new", "hole", "--title", "Quay")
    assert done.code == 2
    assert "holes/H2-quay.md is there already and is not overwritten" in done.err
    assert (root / "holes/H2-quay.md").read_text() == "Mine."


def test_a_folder_behind_a_link_leads_nowhere(place: Place, docsync: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    root = place({"a.md": "# A\n"})
    (root / "holes").symlink_to(outside)
    done = docsync("new", "hole", "--title", "Pier", "--in", "holes/")
    assert done.code == 2
    assert os.listdir(outside) == []


@pytest.mark.parametrize("path", ["planning/holes/H09-gap-filling.md", "planning/STATE.md"])
def test_nothing_is_written_where_one_file_may_not_be(sample: Path, docsync: Run, path: str) -> None:
    (sample / path).chmod(0o444)
    before = texts(sample)
    done = docsync("new", "hole", "--title", "BuoyLamps", "phase=3", "blocked_by=H9")
    assert done.code == 2
    assert f"{path}: the file is read-only" in done.err
    assert texts(sample) == before


def test_a_save_meanwhile_is_taken_into_account(sample: Path, docsync: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    home, real = sample / "planning/holes/H09-gap-filling.md", write_together
    saves = iter(["\nSaved meanwhile.\n"])

    def late(root: str, plans: Sequence[Plan], creations: Mapping[str, str]) -> tuple[Written, ...]:
        home.write_text(home.read_text() + next(saves, ""))
        return real(root, plans, creations)

    monkeypatch.setattr("docsync.engine.changing.write_together", late)
    before = texts(sample)
    done = docsync("new", "hole", "--title", "BuoyLamps", "phase=3", "blocked_by=H9")
    assert done.code == 2
    assert "the file changed since it was read; run again" in done.err
    after = texts(sample)
    assert after.pop("planning/holes/H09-gap-filling.md").endswith(b"Saved meanwhile.\n")
    assert after.items() <= before.items()


def test_a_region_that_was_written_is_not_taken_for_edited_by_hand(place: Place, docsync: Run) -> None:
    hole = "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: ready\n---\n\n# Pier\n"
    board = '# Board\n\n<!-- docsync:begin all view="status-table" kind="hole" -->\n\n<!-- docsync:end all -->\n'
    root = place({"holes/H1-pier.md": hole, "BOARD.md": board})
    for title in ("Quay", "Mole", "Lock"):
        assert docsync("new", "hole", "--title", title).code == 0
        assert title in (root / "BOARD.md").read_text()
    assert docsync("check").code == 0


def test_a_phase_that_lists_its_holes_lists_the_new_one(place: Place, docsync: Run) -> None:
    phase = "---\nkind: phase\nid: P1\ntitle: First\nstatus: in_progress\nholes: [H1]\n---\n\n# First\n"
    hole = "---\nkind: hole\nid: H1\ntitle: Pier\nstatus: ready\nphase: 1\n---\n\n# Pier\n"
    root = place({"P1.md": phase, "holes/H1-pier.md": hole})
    assert docsync("new", "hole", "--title", "Quay", "phase=1").code == 0
    assert "holes: [H1, H2]\n" in (root / "P1.md").read_text()
    assert docsync("check").code == 0


def test_ids_that_two_plans_share_are_told_apart(place: Place, docsync: Run) -> None:
    plan = (
        "---\nrecords: task\n---\n\n# Plan\n\n"
        "| ID | Task | Status | Depends on |\n| -- | --- | --- | --- |\n| T1 | Dig | Done | |\n"
    )
    root = place({"a/plan.md": plan, "b/plan.md": plan})
    done = docsync("new", "task", "--title", "Fill", "depends_on=T1", "--in", "b/plan.md")
    assert done.code == 0, done.err
    assert (root / "a/plan.md").read_text() == plan
    assert (root / "b/plan.md").read_text().splitlines()[-1].split("|")[1:5] == [" T2 ", " Fill ", " Pending ", " T1 "]


def test_several_values_are_a_list_below_their_key(place: Place, docsync: Run) -> None:
    bullets = "---\nrecords: hole\n---\n\n## H1: Pier\n\n- **Status**: Done\n"
    lines = "---\nrecords: hole\n---\n\n## H7 — Quay\n\n**Status**: Done\n"
    root = place({"a.md": bullets, "b.md": lines})
    for name, new in (("a.md", "## H8: Mole\n"), ("b.md", "## H9 — Mole\n")):
        done = docsync("new", "hole", "--title", "Mole", "constraints=It floats", "constraints=It holds", "--in", name)
        assert done.code == 0, done.err
        assert new in (root / name).read_text()
    assert "- **Constraints**:\n  - It floats\n  - It holds\n" in (root / "a.md").read_text()
    assert "**Constraints**:\n\n- It floats\n- It holds\n" in (root / "b.md").read_text()


def test_the_first_gate_of_a_document(place: Place, docsync: Run) -> None:
    root = place({"gates.md": "---\nrecords: gate\n---\n\n# Gates"})
    done = docsync(
        "new", "gate", "--title", "Harbour gate", "pass_condition=quality: 50%", "criteria=It opens", "--in", "gates.md"
    )
    assert done.code == 0, done.err
    text = (root / "gates.md").read_text()
    assert "# Gates\n\n## G1: Harbour gate\n" in text
    assert "- **Pass condition**: quality: 50%\n" in text
    assert text.endswith("**Acceptance criteria**:\n\n- [ ] It opens")


def test_a_section_goes_before_the_region_that_follows(place: Place, docsync: Run) -> None:
    region = '<!-- docsync:begin all view="status-table" kind="hole" -->\n\n## Old\n\n<!-- docsync:end all -->\n'
    root = place({"a.md": f"---\nrecords: hole\n---\n\n# Holes\n\n## H1: Pier\n\n- **Status**: Done\n\n{region}"})
    done = docsync("new", "hole", "--title", "Quay")
    assert done.code == 0, done.err
    text = (root / "a.md").read_text()
    assert text.index("## H2: Quay") < text.index("docsync:begin")
    assert [code for code in ("DS603", "DS1", "DS6") if code in docsync("check").out] == ["DS603", "DS6"]  # its own words alone


def test_an_item_of_an_ordered_loose_list(place: Place, docsync: Run) -> None:
    text = "---\nrecords: {task: items}\n---\n\n9. [x] T-1: Dig\n\n10. [ ] T-2: Fill\n"
    root = place({"a.md": text})
    done = docsync("new", "task", "--title", "Rest", "criteria=All is flat", "status=in progress")
    assert done.code == 0, done.err
    assert (root / "a.md").read_text() == f"{text}\n11. [ ] T-3: Rest\n    - Status: In progress\n    - [ ] All is flat\n"


def test_a_list_inside_something_is_left_to_people(place: Place, docsync: Run) -> None:
    root = place({"a.md": "---\nrecords: {task: items}\n---\n\n- Plan\n  1. - [x] T-1: Dig\n"})
    before = texts(root)
    done = docsync("new", "task", "--title", "Rest")
    assert done.code in (0, 2)
    assert done.code == 0 or texts(root) == before


def test_a_title_that_a_table_has_no_place_for(place: Place, docsync: Run) -> None:
    root = place({"a.md": "---\nrecords: hole\n---\n\n| ID | Status |\n| --- | --- |\n| H1 | Done |\n"})
    refused = docsync("new", "hole", "--title", "Quay")
    assert refused.code == 2
    assert "has no column for title; its columns are ID, Status" in refused.err
    assert docsync("new", "hole").code == 0
    assert (root / "a.md").read_text().endswith("| H1 | Done |\n| H2 | Pending |\n")


def test_a_title_beside_the_id_stays_there(place: Place, docsync: Run) -> None:
    root = place({"a.md": "---\nrecords: hole\n---\n\nHole | Status\n--- | ---\n**H1**: Pier | Done\n\nMore.\n"})
    assert docsync("new", "hole", "--title", "Quay").code == 0
    assert (root / "a.md").read_text().endswith("**H1**: Pier | Done\n**H2**: Quay | Pending\n\nMore.\n")


def test_a_document_that_cannot_be_read_takes_nothing(place: Place, docsync: Run) -> None:
    place({"a.md": "---\nrecords: hole\n---\n\n<<<<<<< one\n## H1: A\n=======\n## H1: B\n>>>>>>> two\n"})
    done = docsync("new", "hole", "--title", "Quay", "--in", "a.md")
    assert done.code == 2
    assert "a.md cannot be read: " in done.err
    assert "merge" in done.err


def test_what_contradicts_in_itself_is_not_written(sample: Path, docsync: Run) -> None:
    before = texts(sample)
    done = docsync("new", "hole", "--title", "Fog", "phase=3", "criteria=3/4 holes resolved (50%)")
    assert done.code == 2
    assert "planning/holes/H22-fog.md:17:7 DS202" in done.err
    assert texts(sample) == before


@pytest.mark.parametrize(
    ("scaffold", "said"),
    [
        ("{# Nothing. #}", "scaffolds/hole.md.j2 gives nothing"),
        ("# No front matter", "would not be read as a hole there; declare its home in docsync.toml, or give --in"),
        ("---\nkind: [\n---\n", "DS010"),
        ("---\nkind: hole\nid: H1\nstatus: sideways\n---\n", "DS103"),
    ],
)
def test_a_scaffold_that_makes_no_record(place: Place, docsync: Run, scaffold: str, said: str) -> None:
    files = {"docsync.toml": 'templates = "views"\n', "views/scaffolds/hole.md.j2": scaffold, "a.md": "# A\n"}
    root = place(files)
    done = docsync("new", "hole", "--title", "Pier", "--in", "holes/")
    assert done.code == 2
    assert said in done.err
    assert not (root / "holes").exists()


def test_a_folder_of_scaffolds_that_is_none(place: Place, docsync: Run) -> None:
    place({"docsync.toml": 'templates = "views"\n', "views/scaffolds": "a file", "a.md": "# A\n"})
    done = docsync("new", "hole", "--title", "Pier", "--in", "holes/")
    assert done.code == 2
    assert "the templates folder views/scaffolds is no folder" in done.err


def test_ids_go_on_past_those_that_another_kind_has(place: Place, docsync: Run) -> None:
    own = '[kinds.risk]\nid = "H\\\\d+"\n'
    risk = "---\nkind: risk\nid: H2\n---\n\n# Ice\n"
    root = place(
        {"docsync.toml": own, "holes/H1.md": "---\nkind: hole\nid: H1\nstatus: ready\n---\n\n# H1\n", "risks/H2.md": risk}
    )
    assert docsync("new", "hole", "--title", "Pier").code == 0
    assert (root / "holes/H3.md").is_file() or (root / "holes/H3-pier.md").is_file()
    cannot = docsync("new", "risk", "--id", "H1")
    assert cannot.code == 2
    assert (
        "H1 is taken, by the hole without a title at holes/H1.md:3; the next free one is H4" in cannot.err
        or "H1 is taken" in cannot.err
    )


def test_an_id_that_no_pattern_tells_has_to_be_given(place: Place, docsync: Run) -> None:
    place({"docsync.toml": '[kinds.risk]\nid = "[xyz]{7}"\n', "a.md": "# A\n"})
    done = docsync("new", "risk", "--in", "risks/")
    assert done.code == 2
    assert "no id for the first risk can be told from its pattern [xyz]{7}; give one with --id" in done.err
    assert docsync("new", "risk", "--id", "xyzxyzx", "--in", "risks/").code == 0


@pytest.mark.parametrize("rule", ["", "---\n\n"])
def test_a_log_that_begins_with_the_newest_goes_on_at_its_top(place: Place, docsync: Run, rule: str) -> None:
    head = "---\nrecords: session\n---\n\n# Log\n\n"
    old = f"## Session 2: Rain\n\n- **Date**: 2026-05-04\n\n{rule}## Session 1: Sun\n\n- **Date**: 2026-05-01"
    root = place({"log.md": head + old})
    assert docsync("new", "session", "--title", "Wind", "--date", "2026-05-05").code == 0
    new = "## Session 3: Wind\n\n<!-- What was tried, what came of it, and why. -->\n\n- **Date**: 2026-05-05\n\n"
    assert (root / "log.md").read_text() == f"{head}{new}{rule}{old}"


def test_a_comment_above_the_newest_stays_with_it(place: Place, docsync: Run) -> None:
    old = "## H2: Quay\n\n- **Status**: Done\n\n## H1: Pier\n\n- **Status**: Done\n"
    head = "---\nrecords: hole\n---\n\n# Holes\n\n<!-- docsync:ignore DS104 old -->\n\n"
    root = place({"a.md": head + old})
    assert docsync("new", "hole", "--title", "Mole").code == 0
    text = (root / "a.md").read_text()
    assert text.startswith(f"{head}## H2: Quay\n\n- **Status**: Done\n\n## H3: Mole\n")


def test_a_list_that_begins_with_the_newest_goes_on_at_its_top(place: Place, docsync: Run) -> None:
    head = "---\nrecords: {task: items}\n---\n\nTo do:\n\n"
    old = "- [ ] T-2: Fill\n- [x] T-1: Dig\n"
    root = place({"a.md": head + old})
    assert docsync("new", "task", "--title", "Rest", "depends_on=T-2").code == 0
    new = "- [ ] T-3: Rest\n  - Status: Blocked\n  - Depends on: T-2\n"
    assert (root / "a.md").read_text() == head + new + old


@pytest.mark.parametrize(
    ("beside", "titled", "bare"),
    [
        ("Session 2 — 2026-05-09", "Session 3 — 2026-06-01: New", "Session 3 — 2026-06-01"),
        ("Session 2 (2026-05-09) - Pumps", "Session 3 (2026-06-01) - New", "Session 3 (2026-06-01)"),
        ("Session 2: Pumps (May 9, 2026)", "Session 3: New (Jun 1, 2026)", "Session 3 (Jun 1, 2026)"),
        ("Session 2 - Pumps - 2026-05-09", "Session 3 - New - 2026-06-01", "Session 3 - 2026-06-01"),
    ],
)
def test_a_heading_says_the_day_as_its_siblings_do(place: Place, docsync: Run, beside: str, titled: str, bare: str) -> None:
    text = f"---\nrecords: session\n---\n\n# Log\n\n### {beside}\n\nIt rained.\n"
    for title, wanted in (("New", titled), ("", bare)):
        root = place({"log.md": text})
        assert docsync("new", "session", "--title", title, "--date", "2026-06-01").code == 0
        assert (root / "log.md").read_text().startswith(f"{text}\n### {wanted}\n")
        assert docsync("check").code == 0


def test_no_first_section_beside_tasks_that_are_list_items(place: Place, docsync: Run) -> None:
    text = "---\nrecords: task\n---\n\n# Tasks\n\n- [ ] T1: Tar the hull\n- [ ] T2: Mend the net\n"
    root = place({"a.md": text})
    for more in ((), ("--in", "a.md")):
        done = docsync("new", "task", "--title", "Paint", *more)
        assert done.code == 2
        assert "a.md: T1, T2: these are list items; write `records: {task: items}`" in done.err
    assert (root / "a.md").read_text() == text
    (root / "a.md").write_text(text.replace("records: task", "records: {task: items}"))
    assert docsync("new", "task", "--title", "Paint").code == 0
    assert (root / "a.md").read_text().endswith("- [ ] T3: Paint\n")


def test_a_first_section_where_sections_are_asked_for(place: Place, docsync: Run) -> None:
    text = "---\nrecords: {task: sections}\n---\n\n# Tasks\n\nIn the order of the tide.\n"
    root = place({"a.md": text})
    assert docsync("new", "task", "--title", "Paint").code == 0
    assert "\n## T1: Paint\n" in (root / "a.md").read_text()
