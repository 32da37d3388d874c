from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsync.engine.opening import open_project
from docsync.engine.pulling.pull import pull
from docsync.engine.request import Request
from docsync.models.records import Record
from docsync.models.status import SIGNS, Status
from docsync.project.index import Project
from lighthouse import codes, put_right, run
from trees import commit, plant

STATUSES = (Status.READY, Status.IN_PROGRESS, Status.BLOCKED, Status.DEFERRED)
"""Each of these may follow each other one but for what is tried below."""
WORDS = st.sampled_from(
    ("Anchor", "Bilge pump", "Cleat", "Deck `plan`", "Eye | bolt", "Fender (old)", "Gaff_rig", "Hull *two*")
)
CELLS = {"title": WORDS, "status": st.sampled_from([*STATUSES, Status.RESOLVED]), "assignee": WORDS}


def _files(records: list[tuple[str, str, Status]]) -> Mapping[str, str]:
    """Let the records live in front matter, sections and rows in turn."""
    files = {}
    sections, rows = ["---\nrecords: task\n---\n\n# Sections\n"], []
    for number, (title, owner, status) in enumerate(records, 1):
        word = status.value.replace("_", " ")
        match number % 3:
            case 0:
                files[f"tasks/T{number}.md"] = (
                    f"---\nkind: task\nid: T{number}\ntitle: '{title}'\nstatus: {word}\nassignee: '{owner}'\n---\n\n# Words\n"
                )
            case 1:
                sections.append(f"\n## T{number}: {title}\n\n- **Status**: {word}\n- **Owner**: {owner}\n\nKept.\n")
            case _:
                rows.append(f"| T{number} | {_cell(title)} | {word} | {_cell(owner)} |\n")
    table = "---\nrecords: task\n---\n\n| ID | Title | Status | Owner |\n| -- | ----- | ------ | ----- |\n" + "".join(rows)
    begin = '<!-- docsync:begin {0} view="status-table" kind="task" columns="id,title,status,assignee{1}" -->'
    region = f"{begin}\n\n<!-- docsync:end {{0}} -->\n"
    board = "# Board\n\n" + region.format("all", "") + "\n" + region.format("ready", ",ready=Can start")
    return {**files, "SECTIONS.md": "".join(sections), "ROWS.md": table, "BOARD.md": board}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _project(root: Path) -> Project:
    return open_project(Request(str(root))).project


def _states(project: Project) -> dict[str, tuple[str, str, str]]:
    return {record.id: _state(record) for record in project.records}


def _state(record: Record) -> tuple[str, str, str]:
    return record.title, record.status.value if record.status else "", record.text("assignee")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_was_pulled_is_so_in_the_homes_and_leaves_all_clean(data: st.DataObject) -> None:
    records = data.draw(st.lists(st.tuples(WORDS, WORDS, st.sampled_from(STATUSES)), min_size=3, max_size=7))
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        plant(root, _files(records))
        put_right(root)
        if data.draw(st.booleans()):
            commit(root)
        before = _states(_project(root))
        lines = (root / "BOARD.md").read_text().split("\n")
        at = data.draw(st.lists(st.integers(1, len(records)), unique=True, min_size=1, max_size=3))
        wanted = dict(before)
        first = next(index for index, line in enumerate(lines) if line.startswith("| T1"))
        for number in at:
            index = first + number - 1
            cells = [cell.strip() for cell in lines[index].replace("\\|", "\0").split("|")[1:-1]]
            field = data.draw(st.sampled_from(("title", "status", "assignee")))
            value = data.draw(CELLS[field])
            column = ("id", "title", "status", "assignee").index(field)
            shown = f"{SIGNS[Status(value)]} {value.replace('_', ' ')}" if field == "status" else value.replace("|", "\0")
            cells[column] = shown
            lines[index] = ("| " + " | ".join(cells) + " |").replace("\0", "\\|")
            known = list(wanted[cells[0]])
            known[column - 1] = value
            wanted[cells[0]] = (known[0], known[1], known[2])
        (root / "BOARD.md").write_text("\n".join(lines))
        done = pull(Request(str(root)), write=True)
        refused = {left.subject.split()[0] for left in done.findings.left}
        now = _states(_project(root))
        for record_id, state in now.items():
            if record_id not in refused:
                assert state == wanted[record_id]
            else:
                assert state[0] in (before[record_id][0], wanted[record_id][0])
        if not refused:
            assert [code for code in codes(run(root)) if "DS6" in code] == []
            assert put_right(root).changes == ()
            assert pull(Request(str(root)), write=False).findings.offers == ()
