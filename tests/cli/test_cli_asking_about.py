from __future__ import annotations

import json
from pathlib import Path

import pytest
from asking_samples import BAKERY

from docsync.cli.main import run
from docsync.engine.opening import open_project
from docsync.engine.request import Request
from docsync.project.asking.card import card_of
from docsync.project.asking.finding import found
from docsync.reporters.asked.cards import card_json, card_text
from docsync.reporters.tabular import Look
from trees import commit, git, plant


def card(capsys: pytest.CaptureFixture[str], name: str) -> dict[str, object]:
    assert run(["show", name, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def spoken(capsys: pytest.CaptureFixture[str], name: str) -> list[tuple[object, ...]]:
    mentions = card(capsys, name)["mentions"]
    assert isinstance(mentions, list)
    return [(one["path"], one["line"], one["says"], one["as_of"]) for one in mentions]


def proofs(capsys: pytest.CaptureFixture[str], name: str) -> list[tuple[object, ...]]:
    evidence = card(capsys, name)["evidence"]
    assert isinstance(evidence, list)
    return [(one["field"], one["text"], one["there"], one["path"]) for one in evidence]


def test_every_line_that_speaks_of_a_record_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(
        tmp_path,
        {
            **BAKERY,
            "notes/WEEK.md": (
                "# Week\n\n"
                "H2 waits; H2 smells.\n\n"
                "| Hole | Status | Blocked by |\n|---|---|---|\n| H4 | Blocked | H2, H3 |\n\n"
                "See [the culture](../plan/HOLES.md#h2-starterculture), [another](../plan/HOLES.md#h3-nightshift), "
                "[all](../plan/HOLES.md).\n\n"
                "## Session 1 (2026-02-03)\n\n- H2 is ready\n\n```text\nH2 in code\n```\n"
            ),
            "notes/GATES.md": "# Gates\n\n- Gate 2: 1/2 criteria met\n- Phase 2 goes on\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    assert spoken(capsys, "H2") == [
        ("notes/STATUS.md", 7, "status: In progress", None),
        ("notes/WEEK.md", 3, None, None),
        ("notes/WEEK.md", 7, "H4: blocked by", None),
        ("notes/WEEK.md", 9, "link", None),
        ("notes/WEEK.md", 13, "status: ready", "session 1"),
    ]
    assert [(path, line) for path, line, _, _ in spoken(capsys, "Gate 2")] == [("notes/GATES.md", 3)]
    assert ("notes/GATES.md", 4) in [(path, line) for path, line, _, _ in spoken(capsys, "P2")]


def test_what_a_session_decided_and_an_event_concerns_speak_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(
        tmp_path,
        {
            "d.md": "---\nkind: decision\nid: D1\ntitle: Rye\nstatus: accepted\n---\n\n# D1: Rye\n",
            "s.md": "---\nkind: session\nid: S1\ndate: 2026-02-03\ndecided: [D1, to sell rolls]\n---\n\n# Session 1\n",
            "e.md": "---\nrecords: propagation\n---\n\n# Events\n\n## E1: Sourness\n\n- **From**: H1\n- **To**: H1, H2\n",
            "h.md": "---\nkind: hole\nid: H1\nstatus: pending\n---\n\n# H1\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    assert spoken(capsys, "D1") == [("s.md", 5, "S1: decided", None)]
    assert spoken(capsys, "H1") == [("e.md", 9, "E1: from", None), ("e.md", 10, "E1: to", None)]


def test_proof_is_looked_for_and_commits_are_asked_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hole = "---\nkind: hole\nid: H1\nstatus: resolved\nevidence:\n{}---\n\n# H1\n"
    plant(tmp_path, {"docs/h.md": hole.format(""), "docs/plan.txt": "a", "src/oven.py": "a"})
    commit(tmp_path)
    head = git(tmp_path, "rev-parse", "HEAD").strip()[:12]
    while not (any(map(str.isdigit, head)) and any(map(str.isalpha, head))):
        head = git(tmp_path, "rev-parse", "HEAD").strip()[: len(head) + 1]
    items = [f"commit {head}", "commit 0123abc", "[plan](plan.txt)", "src/oven.py (3 lines)", "src/gone.py", "word of mouth"]
    items.append("see https://example.org/a/b.html")
    plant(tmp_path, {"docs/h.md": hole.format("".join(f"  - {json.dumps(item)}\n" for item in items))})
    monkeypatch.chdir(tmp_path)
    assert proofs(capsys, "H1") == [
        ("evidence", head, True, None),
        ("evidence", "0123abc", False, None),
        ("evidence", "plan.txt", True, "docs/plan.txt"),
        ("evidence", "src/oven.py", True, "src/oven.py"),
        ("evidence", "src/gone.py", False, None),
        ("evidence", "word of mouth", None, None),
        ("evidence", "see https://example.org/a/b.html", None, None),
    ]
    (tmp_path / ".git").rename(tmp_path / "git-is-gone")
    assert proofs(capsys, "H1")[:2] == [("evidence", head, None, None), ("evidence", "0123abc", None, None)]


def test_advice_names_the_critical_path_and_what_it_passes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ("T1", "Lay stones", "Ready", "2", ""),
        ("T2", "Light it", "Pending", "2", "T1"),
        ("T3", "Bake", "Pending", "2", "T2"),
        ("T4", "Sweep", "Ready", "1", ""),
        ("T5", "Rest", "In progress", "1", ""),
    ]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    phases = "---\nrecords: phase\n---\n\n| ID | Title | Status |\n|---|---|---|\n| P1 | Prepare | {} |\n| P2 | Fire | {} |\n"
    files = {
        "t.md": f"---\nrecords: task\n---\n\n| ID | Title | Status | Phase | Depends on |\n|---|---|---|---|---|\n{table}",
        "p.md": "---\nrecords: phase\n---\n\n| ID | Title | Status |\n|---|---|---|\n"
        + phases.format("In progress", "Pending"),
    }
    monkeypatch.chdir(plant(tmp_path, files))
    assert run(["next"]) == 0
    assert capsys.readouterr().out == (
        "T4: Sweep  (🔓 ready)\n"
        "  t.md:10:3\n"
        "  - nothing waits for it\n"
        "  - its phase P1 is current\n"
        "In progress already: T5: Rest\n"
        "Passed over: T1: Lay stones is on the critical path and is ready, too, but its phase P2 is not current: P1 is\n"
    )
    plant(tmp_path, {"p.md": files["p.md"].replace("In progress", "Resolved").replace("Pending", "In progress")})
    assert run(["next", "--kind", "task"]) == 0
    assert capsys.readouterr().out == (
        "T1: Lay stones  (🔓 ready)\n"
        "  t.md:7:3\n"
        "  - it is on the critical path, with 3 steps left: T1 → T2 → T3\n"
        "  - T2 waits for it, 2 in the end\n"
        "  - its phase P2 is current\n"
        "In progress already: T5: Rest\n"
    )
    assert run(["next", "--phase", "1"]) == 0
    assert "  - its phase P1 comes before the current one\n" in capsys.readouterr().out
    plant(tmp_path, {"t.md": files["t.md"].replace("Ready", "Done").replace("Pending", "Cancelled")})
    assert run(["next"]) == 0
    assert capsys.readouterr().out.startswith(
        "Nothing is left to start: no open work has all that it waits for but what is begun.\n"
    )


def test_many_documents_that_cannot_be_read_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(plant(tmp_path, {f"{number}.md": b"# \xff\n" for number in range(7)}))
    assert run(["list"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[5] == "docsync: 2 more such places; docsync check shows them all"


def test_records_without_a_status_are_counted_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(plant(tmp_path, {"h.md": "---\nkind: hole\nid: H1\nstatus: wobbly\nphase: Phase 4\n---\n\n# H1\n"}))
    assert run(["status"]) == 0
    assert capsys.readouterr().out == (
        "ID       Title  Status  Progress       Done       Gate  Held up by\n"
        "Phase 4                 ░░░░░░░░░░ 0%  0/1 holes\n"
        "\n"
        "Overall        ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0%  0/1 holes: 1 without a status\n"
        "Can be done    0 now (docsync ready); 0 wait for others\n"
        "Unknown word   1 hole; `docsync explain DS103` tells how a word becomes known\n"
        "Broken         1 record: h.md:4:9; docsync check --show-notes --no-baseline says what is wrong\n"
    )
    assert run(["status", "--phase", "4"]) == 0
    assert capsys.readouterr().out.startswith("Phase 4  (declared by no document)\n")


def test_records_of_one_file_and_id_are_told_apart_by_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\nrecords: hole\n---\n\n# Holes\n\n## H1: One\n\n- **Status**: done\n\n## H1: Other\n\n- **Status**: done\n"
    monkeypatch.chdir(plant(tmp_path, {"docs/h.md": text}))
    assert run(["show", "H1"]) == 2
    assert "2 records answer to H1, in docs/h.md:7, docs/h.md:11; give each an id" in capsys.readouterr().err
    assert (card(capsys, "docs/h.md:7")["title"], card(capsys, "h.md:11:4")["title"]) == ("One", "Other")
    assert run(["show", "docs/h.md:8"]) == 2
    assert "there is no record docs/h.md:8" in capsys.readouterr().err


def test_only_what_hides_records_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "a.md": "---\nkind: hole\nid: [\n---\n\n# A\n",
        "b.md": "---\nkind: hole\nid: H1\nstatus: done\n---\n\n# H1: â\u20acœgone wrongâ\u20ac\x9d\n",
    }
    monkeypatch.chdir(plant(tmp_path, files))
    assert run(["list", "--columns", "id"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "ID\nH1\n\n1 record\n"
    assert [line[: len("docsync: a.md:3")] for line in captured.err.splitlines()] == ["docsync: a.md:4"]


def test_an_answer_for_programs_is_ascii(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"é.md": "---\nkind: hole\nid: H1\ntitle: Überlauf\nstatus: open\nphase: 1\n---\n\n# H1\n"}
    monkeypatch.chdir(plant(tmp_path, files))
    for question in ("list", "show H1", "ready", "next", "status", "status --phase 1", "graph --all"):
        assert run([*question.split(), "--json"]) == 0
        output = capsys.readouterr().out
        assert output.isascii()
        json.loads(output)


def test_everything_that_is_listed_can_be_shown_under_its_pointer(capsys: pytest.CaptureFixture[str]) -> None:
    sample = Path(__file__).parents[2] / "sample_repo"
    assert run(["list", "--json", "--root", str(sample)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) > 50
    project = open_project(Request(str(sample))).project
    for one in listed:
        record = found(project, one["pointer"])
        shown = card_of(project, record)
        few = json.loads(card_json(project, shown))
        assert {key: few[key] for key in ("id", "path", "line")} == {key: one[key] for key in ("id", "path", "line")}
        assert card_text(project, shown, Look()).startswith(f"{one['pointer']}: {one['title']}\n  {one['kind']}")
        assert found(project, f"{one['path']}:{one['line']}") is record


HOSTILE = "A \\e[31mred\\a \\u202e## [x]"
QUESTIONS = ["list", "list holes --columns id,title,path", "show H1", "show P1", "ready", "next", "status", "status --phase 1"]


@pytest.mark.parametrize("question", [*QUESTIONS, "graph", "graph --format dot", "graph --format svg"])
def test_no_title_steers_a_terminal(
    question: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    head = f'---\nkind: {{}}\nid: {{}}\ntitle: "{HOSTILE}"\nstatus: {{}}\n'
    files = {
        "h1.md": head.format("hole", "H1", "in progress") + "phase: 1\nblocks: [H2]\n---\n\n# H1\n\n- [ ] \x1b[1mbold\n",
        "h2.md": head.format("hole", "H2", "ready") + "phase: 1\n---\n\n# H2\n",
        "p1.md": head.format("phase", "P1", "in progress") + "---\n\n# P1\n",
    }
    monkeypatch.chdir(plant(tmp_path, files))
    assert run(question.split()) == 0
    captured = capsys.readouterr()
    assert "red" in captured.out
    assert not {"\x1b", "\x07", "\u202e"} & set(captured.out + captured.err)


WALL = {
    "p.md": "---\nrecords: phase\n---\n\n| ID | Title | Status |\n|---|---|---|\n"
    "| P1 | Wall | In progress |\n| P2 | Roof | Pending |\n",
    "h.md": "---\nrecords: hole\n---\n\n# Holes\n\n"
    "## H1: Mortar\n\n- **Status**: resolved\n- **Phase**: 1\n\n"
    "## H2: Bricks\n\n- **Status**: pending\n- **Phase**: 1\n- **Blocked by**: H1\n\n"
    "## H3: Fence\n\n- **Status**: pending\n- **Blocked by**: H2\n\n"
    "## H4: Gutter\n\n- **Phase**: 2\n- **Blocked by**: H1\n\n"
    "## H5: Bench\n\n- **Status**: in progress\n",
}


def test_work_in_no_phase_and_without_a_status_is_told_beside_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(plant(tmp_path, WALL))
    assert run(["status"]) == 0
    assert capsys.readouterr().out.partition("\n\n")[2] == (
        "Overall        ██████████░░░░░░░░░░░░░░░░░░░░ 33%  1/3 holes: 1 resolved, 1 pending, 1 without a status\n"
        "In no phase    2 holes, not counted above: 1 in progress, 1 pending\n"
        "Critical path  3 steps, 2 left: H2 → H3\n"
        "In progress    H5: Bench\n"
        "Can be done    2 now (docsync ready); 1 waits for others\n"
        "No status      1 hole; `docsync set ID status=pending`, or a status column, lets it be ready\n"
    )
    assert run(["status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["overall"]["total"], told["in_no_phase"]["total"], told["without_status"]) == (3, 2, ["H4"])
    assert run(["list", "holes", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == told["overall"]["total"] + told["in_no_phase"]["total"]
    unsettled = [one for one in listed if one["status"] != "resolved"]
    assert len(unsettled) == told["ready"] + told["waiting"] + len(told["without_status"])


def test_what_states_no_status_is_told_where_it_could_be_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(plant(tmp_path, WALL))
    hint = "1 hole states no status and is left out; `docsync set ID status=pending`, or a status column, lets it be ready\n"
    for command in ("ready", "next"):
        assert run([command]) == 0
        assert capsys.readouterr().out.endswith(f"\n{hint}")
        assert run([command, "--phase", "2"]) == 0
        assert capsys.readouterr().out.endswith(f"no open work has all that it waits for.\n{hint}")
        assert run([command, "--phase", "1"]) == 0
        assert "no status" not in capsys.readouterr().out
    assert run(["ready", "--json"]) == 0
    told = capsys.readouterr()
    assert ([one["id"] for one in json.loads(told.out)], told.err) == (["H2", "H5"], f"docsync: {hint}")
    assert run(["next", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["without_status"] == ["H4"]
    plant(tmp_path, {"h.md": WALL["h.md"].replace("- **Phase**: 2", "- **Status**: wobbly\n- **Phase**: 2")})
    assert run(["ready"]) == 0
    assert "1 hole states an unknown status and is left out; `docsync explain DS103`" in capsys.readouterr().out
    plant(tmp_path, {"h.md": WALL["h.md"].replace("- **Phase**: 2", "- **Status**: pending\n- **Phase**: 2")})
    assert run(["next", "--phase", "2"]) == 0
    assert capsys.readouterr().out.startswith("H4: Gutter")


def test_next_chooses_what_calls_itself_blocked_where_nothing_else_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"h.md": WALL["h.md"].replace("- **Phase**: 2", "- **Status**: blocked\n- **Phase**: 2"), "p.md": WALL["p.md"]}
    monkeypatch.chdir(plant(tmp_path, files))
    assert run(["ready", "--phase", "2", "--json"]) == 0
    ready = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in ready] == ["H4"]
    assert run(["next", "--phase", "2"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("H4: Gutter  (🔒 blocked)\n")
    assert "it says of itself that it is blocked, though all that it names is settled" in told
    assert run(["next"]) == 0
    assert capsys.readouterr().out.startswith("H2: Bricks")


def test_many_broken_records_are_named_by_the_places_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    holes = "".join(f"## H{number}: Knot\n\n- **Status**: wobbly\n\n" for number in range(1, 6))
    monkeypatch.chdir(plant(tmp_path, {"h.md": f"---\nrecords: hole\n---\n\n# Holes\n\n{holes}"}))
    assert run(["status"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line == (
        "Broken         5 records: h.md:9:15, h.md:13:15, h.md:17:15 and 2 more; "
        "docsync check --show-notes --no-baseline says what is wrong"
    )
