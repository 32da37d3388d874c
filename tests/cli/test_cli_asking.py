from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from asking_samples import BAKERY, agrees

from docsync.cli.main import run
from trees import plant


@pytest.fixture
def bakery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a small project."""
    monkeypatch.chdir(plant(tmp_path, BAKERY))
    return tmp_path


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Ask something that can be answered without a remark, and give the answer."""
    assert run(list(arguments)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    return [row["pointer"] for row in json.loads(asked(capsys, "list", *arguments, "--json"))]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("list.txt", ["list"]),
        ("list-holes.txt", ["list", "holes"]),
        ("list-phases.txt", ["list", "phase"]),
        ("list-gates.txt", ["list", "gates"]),
        ("list-tasks.txt", ["list", "tasks"]),
        ("list-columns.txt", ["list", "task", "--columns", "id,estimate,Owner,file,where,blocks,ready"]),
        ("list-hole.json", ["list", "hole", "--where", "id=H2", "--json"]),
        ("list-columns.json", ["list", "tasks", "--columns", "id,estimate,waits_for", "--json"]),
        ("show-hole.txt", ["show", "H1"]),
        ("show-hole.json", ["show", "H1", "--json"]),
        ("show-section.txt", ["show", "h2"]),
        ("show-gate.txt", ["show", "Gate 2"]),
        ("show-phase.txt", ["show", "phase 2"]),
        ("show-row.txt", ["show", "T3"]),
        ("ready.txt", ["ready"]),
        ("ready.json", ["ready", "--json"]),
        ("next.txt", ["next"]),
        ("next.json", ["next", "--json"]),
        ("next-phase.txt", ["next", "--phase", "3"]),
        ("status.txt", ["status"]),
        ("status.json", ["status", "--json"]),
        ("status-phase.txt", ["status", "--phase", "P2"]),
        ("status-phase.json", ["status", "--phase", "P2", "--json"]),
        ("graph.mmd", ["graph", "--all"]),
        ("graph.dot", ["graph", "--all", "--format", "dot"]),
        ("graph.svg", ["graph", "--all", "--format", "svg"]),
        ("graph.json", ["graph", "--all", "--json"]),
        ("graph-critical.mmd", ["graph", "--critical-path"]),
    ],
)
def test_an_answer_is_as_it_was_kept(bakery: Path, name: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bakery.exists()
    agrees(name, asked(capsys, *arguments))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["holes"], ["H1", "H2", "H3", "H4", "H10"]),
        (["Hole"], ["H1", "H2", "H3", "H4", "H10"]),
        (["holes", "--status", "ready"], ["H3", "H10"]),
        (["holes", "--status", "baked"], ["H1"]),
        (["holes", "--status", "done, blocked"], ["H1", "H4"]),
        (["holes", "--status", "done", "--status", "blocked"], ["H1", "H4"]),
        (["holes", "--status", "open"], ["H2", "H3", "H4", "H10"]),
        (["tasks", "--status", "settled"], ["T1", "T4"]),
        (["--status", "none"], ["S1"]),
        (["holes", "--phase", "3"], ["H4", "H10"]),
        (["--phase", "Phase 3"], ["H4", "H10", "P3"]),
        (["holes", "--where", "type=interface"], ["H1", "H4"]),
        (["holes", "--where", "Type = INTERFACE"], ["H1", "H4"]),
        (["holes", "--where", "type=interface,status!=blocked"], ["H1"]),
        (["holes", "--where", "type=interface", "--where", "phase=3"], ["H4"]),
        (["holes", "--where", "phase=P2|P3"], ["H2", "H3", "H4", "H10"]),
        (["holes", "--where", "phase>1"], ["H2", "H3", "H4", "H10"]),
        (["holes", "--where", "title~sh"], ["H3", "H10"]),
        (["holes", "--where", "title!~sh"], ["H1", "H2", "H4"]),
        (["holes", "--where", "blocked_by=H2"], ["H4"]),
        (["holes", "--where", "blocked_by>=2"], ["H4"]),
        (["holes", "--where", "waits_for="], ["H1", "H2", "H3", "H10"]),
        (["holes", "--where", "resolution!="], ["H1"]),
        (["holes", "--where", "ready=yes"], ["H2", "H3", "H10"]),
        (["tasks", "--where", "estimate>1d"], ["T2"]),
        (["tasks", "--where", "estimate>=8h"], ["T2", "T3"]),
        (["tasks", "--where", "estimate>2"], ["T2"]),
        (["tasks", "--where", "estimate<3 h"], ["T1"]),
        (["tasks", "--where", "estimate="], ["T4"]),
        (["tasks", "--where", "owner=ada,estimate<1d"], ["T1"]),
        (["tasks", "--where", "title~jars, no"], []),
        (["sessions", "--where", "date>=2026-01-31"], ["S1"]),
        (["gates", "--where", "progress<100"], ["G2"]),
        (["gates", "--where", "criteria=1/3"], ["G2"]),
        (["holes", "--sort", "-phase,id"], ["H4", "H10", "H2", "H3", "H1"]),
        (["holes", "--sort", "status,-id"], ["H10", "H3", "H2", "H4", "H1"]),
        (["tasks", "--sort", "-estimate"], ["T2", "T1", "T3", "T4"]),
    ],
)
@pytest.mark.usefixtures("bakery")
def test_records_are_chosen_and_sorted(arguments: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "hols"], "there is no kind hols; did you mean holes?"),
        (["list", "holes", "--where", "typ=x"], "there is no field typ of hole; did you mean type?"),
        (["list", "holes", "--sort", "tilte"], "there is no field tilte of hole; did you mean title?"),
        (["list", "holes", "--columns", "id,titel"], "there is no field titel of hole; did you mean title?"),
        (["list", "--columns", "wobble"], "there is no field wobble of any record; known are id, title, status, kind, "),
        (["list", "holes", "--where", "interface"], "expected a condition such as type=interface, estimate>3 or title~cache"),
        (["list", "holes", "--where", "phase>"], "expected a value after phase>"),
        (["list", "metrics", "--where", "current<target"], "expected a number after current<, found target; docsync query"),
        (["list", "holes", "--where", "progress>half"], "expected a number after progress>, found half; docsync query"),
        (["list", "sessions", "--where", "date>monday"], "expected a date such as 2026-03-31 after date>, found monday"),
        (["list", "holes", "--status", "bloked"], "bloked is no status; did you mean blocked?"),
        (["list", "holes", "--where", "status<dnoe"], "dnoe is no status; did you mean done?"),
        (["list", "holes", "--where", "status=bloked"], "bloked is no status; did you mean blocked?"),
        (["list", "holes", "--status", "xyzzy"], "xyzzy is no status; known are pending, ready, in_progress, blocked, "),
        (["list", "holes", "--phase", "9"], "there is no phase 9; known are P1, P2, P3"),
        (["ready", "--phase", "P22"], "there is no phase P22; did you mean P2?"),
        (["ready", "--kind", "taks"], "there is no kind taks; did you mean task"),
        (["next", "--phase", "H1"], "there is no phase H1; known are P1, P2, P3"),
        (["status", "--phase", "7"], "there is no phase 7; known are P1, P2, P3"),
        (["show", "H11"], "there is no record H11; did you mean H1"),
        (["graph", "--kind", "hoel"], "there is no kind hoel; did you mean hole?"),
    ],
)
@pytest.mark.usefixtures("bakery")
def test_what_there_is_not_is_told_with_what_there_is(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err[:9]) == ("", "docsync: ")
    assert said in captured.err


@pytest.mark.usefixtures("bakery")
def test_a_kind_without_records_says_what_to_declare(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "metrics"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "0 metrics\n"
    assert captured.err.startswith("docsync: no document declares any metrics: write `records: metric` into the front matter")


@pytest.mark.parametrize("command", ["list", "ready", "next", "status", "graph"])
def test_an_empty_repository_says_what_to_declare(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(tmp_path, {"README.md": "# Nothing planned\n"})
    for form in ([], ["--json"]):
        assert run([command, "--root", str(tmp_path), *form]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("docsync: no document declares any records: write `records: hole` into the front matter")
        assert "docsync init --adopt" in captured.err
        assert captured.err.count("\n") == 1


def test_a_record_of_an_empty_repository_cannot_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "H1", "--root", str(tmp_path)]) == 2
    assert "there is no record H1: no document here declares any records" in capsys.readouterr().err


def test_two_records_of_an_id_are_listed_and_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "---\nrecords: task\n---\n\n| ID | Title | Status | Depends on |\n|---|---|---|---|\n"
    plant(
        tmp_path,
        {
            "one/plan.md": f"{table}| T1 | Dig | Done | |\n| T2 | Pour | Pending | T1 |\n",
            "two/plan.md": f"{table}| T1 | Paint | Pending | |\n| T2 | Dry | Pending | T1 |\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    assert listed(capsys, "tasks") == ["one/plan.md#T1", "two/plan.md#T1", "one/plan.md#T2", "two/plan.md#T2"]
    ready = {row["pointer"]: row["holds_up"] for row in json.loads(asked(capsys, "ready", "--json"))}
    assert ready == {"one/plan.md#T2": [], "two/plan.md#T1": ["two/plan.md#T2"]}
    assert run(["show", "T2"]) == 2
    assert "2 records answer to T2; name one as one/plan.md#T2, two/plan.md#T2" in capsys.readouterr().err
    card = json.loads(asked(capsys, "show", "two/plan.md#T2", "--json"))
    assert [(one["pointer"], one["title"]) for one in card["blocked_by"]] == [("two/plan.md#T1", "Paint")]
    assert [one["pointer"] for one in card["same_id"]] == ["one/plan.md#T2"]
    assert "another record has the same id: one/plan.md#T2" in asked(capsys, "show", "two/plan.md#T2")


def test_what_is_broken_is_listed_and_what_is_unreadable_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(
        tmp_path,
        {
            "a.md": "---\nrecords: hole\n---\n\n# Holes\n\n## H1: Rope\n\n- **Status**: wobbly\n- **Blocked by**: H9\n",
            "b.md": "---\nkind: holle\nid: X1\nstatus: done\n---\n\n# X1\n",
            "c.md": b"# \xff\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    assert run(["list", "holes"]) == 0
    captured = capsys.readouterr()
    assert captured.out == (
        "ID  Title  Status    Phase  Waits for\nH1  Rope   ? wobbly         H9\n\n"
        "1 hole; 1 is broken: docsync check --show-notes --no-baseline says what is wrong\n"
    )
    assert "b.md:2:7: there is no kind holle; did you mean hole?, so what it defines is in no answer\n" in captured.err
    assert "c.md:1:" in captured.err
    assert run(["show", "H1"]) == 0
    shown = capsys.readouterr().out
    assert "  hole, ? wobbly\n" in shown
    assert "\nWaits for\n  H9  there is no such record\n" in shown
    assert "\nProblems\n  DS103 line 9: status: “wobbly” is not a status\n" in shown
    assert run(["list", "--status", "none"]) == 0
    assert "wobbly" in capsys.readouterr().out


def test_circles_and_missing_targets_are_drawn_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\nrecords: hole\n---\n\n# Holes\n"
    for name, needs in (("H1", "H2"), ("H2", "H1, H7"), ("H3", "H3"), ("H4", "")):
        text += f"\n## {name}: Box & <{name}>\n\n- **Status**: Pending\n- **Blocked by**: {needs}\n"
    plant(tmp_path, {"a.md": text})
    monkeypatch.chdir(tmp_path)
    assert run(["graph"]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        "docsync: a circle: H1 waits for H2 waits for H1",
        "docsync: a circle: H3 waits for H3",
        "docsync: blocked_by of H2 names H7, and there is no such record",
        "docsync: 1 record without a link is left out; --all draws them, too",
    ]
    assert '  n3["H7: no such record"]:::missing\n' in captured.out
    assert [line for line in captured.out.splitlines() if ">" in line and "[" not in line] == [
        "  n1 -.-> n0",
        "  n0 -.-> n1",
        "  n2 -.-> n2",
        "  n3 -.-> n1",
    ]
    assert run(["graph", "--format", "svg"]) == 0
    picture = ET.fromstring(capsys.readouterr().out)
    texts = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if text and text.startswith("Box")] == ["Box & <H1>", "Box & <H2>", "Box & <H3>"]
    assert "no such record" in texts
    assert run(["graph", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cycles"] == [["H1", "H2"], ["H3"]]


@pytest.mark.usefixtures("bakery")
def test_a_drawing_of_a_phase_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "--phase", "3", "--json"]) == 0
    captured = capsys.readouterr()
    assert [node["name"] for node in json.loads(captured.out)["nodes"]] == ["H4", "H10"]
    assert captured.err == (
        "docsync: 2 links to records that were not asked for are left out\n"
        "docsync: 1 record without a link is left out; --all draws them, too\n"
    )


def test_nothing_to_draw_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(tmp_path, {"a.md": "---\nkind: hole\nid: H1\nstatus: done\n---\n\n# H1\n"})
    assert run(["graph", "--root", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == "graph LR\n"
    assert "there is nothing to draw" in captured.err


def test_nothing_ready_and_nothing_next_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(tmp_path, {"a.md": "---\nkind: hole\nid: H1\nstatus: done\n---\n\n# H1\n"})
    nothing = "no open work has all that it waits for"
    assert asked(capsys, "ready", "--root", str(tmp_path)) == f"Nothing is ready: {nothing}.\n"
    assert asked(capsys, "next", "--root", str(tmp_path)) == f"Nothing is left to start: {nothing}.\n"
    assert json.loads(asked(capsys, "next", "--root", str(tmp_path), "--json"))["next"] is None


def test_a_project_without_phases_is_counted_by_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "| T1 | Dig | Done |\n| T2 | Pour | Pending |\n| T3 | Sand | Pending |\n"
    plant(tmp_path, {"a.md": f"---\nrecords: task\n---\n\n| ID | Title | Status |\n|---|---|---|\n{rows}"})
    monkeypatch.chdir(tmp_path)
    assert asked(capsys, "status") == (
        "Kind   Records  By status\n"
        "tasks        3  1 resolved, 2 pending\n"
        "\n"
        "Overall        ██████████░░░░░░░░░░░░░░░░░░░░ 33%  1/3 tasks: 1 resolved, 2 pending\n"
        "Can be done    2 now (docsync ready); 0 wait for others\n"
    )


LOADED = """
import sys
from docsync.cli.main import run

run(sys.argv[1:])
heavy = {"pydantic", "markdown_it", "jinja2", "yaml", "frontmatter", "rich"}
print([name for name in sys.modules if name.partition(".")[0] in heavy or name.startswith("docsync.validator")])
"""


@pytest.mark.parametrize("question", ["list", "show H1", "ready", "next", "status", "graph", "graph --format svg"])
def test_a_question_about_an_unchanged_project_reads_no_document(
    bakery: Path, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["list"]) == 0
    capsys.readouterr()
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *question.split()], cwd=bakery, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_terminal_gets_drawn_tables_with_colours(
    bakery: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bakery.exists()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    wide = asked(capsys, "list", "holes")
    assert "\x1b[" in wide
    assert "━" in wide or "─" in wide
    assert "\x1b[1mH1: FiringCurve\x1b[0m\n" in asked(capsys, "show", "H1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in asked(capsys, "status")


@pytest.mark.usefixtures("bakery")
def test_a_narrow_terminal_is_told_which_columns_it_does_not_get(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    told = asked(capsys, "list", "holes")
    assert "\nLeft out for want of width: Phase, Waits for\n" in told
    assert "StarterCulture" in told
