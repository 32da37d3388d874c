from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from docsync.editing import edits_for
from docsync.engine import JobError, Request
from docsync.engine.changing import Ground, Planned, change
from docsync.text.edits import Edit
from docsync.text.spans import Span
from trees import plant

HOLES = "---\nrecords: hole\n---\n\n# Holes\n\n## H1: Lamp\n\n- **Status**: Ready\n\n## H2: Horn\n\n- **Status**: Ready\n"
BOARD = "<!-- docsync:claim holes.resolved/holes.total -->\n\nOf the holes, 0 of 2 are done.\n"
NEW = "---\nkind: hole\nid: H3\ntitle: Boat\nstatus: resolved\n---\n\n# H3: Boat\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return plant(tmp_path, {"HOLES.md": HOLES, "BOARD.md": BOARD, "docsync.toml": ""})


def _request(root: Path) -> Request:
    return Request(str(root))


def _resolved(ground: Ground) -> Planned:
    record = ground.project.by_id["H1"][0]
    edits = edits_for(ground.source(record.path), record, ground.project.config, {"status": "resolved"})
    return Planned({record.path: edits})


def test_edits_and_new_files_are_written_with_what_follows(root: Path) -> None:
    done = change(_request(root), lambda ground: replace(_resolved(ground), files={"holes/H3.md": NEW}))
    assert (root / "holes/H3.md").read_text() == NEW
    assert "2 of 3" in (root / "BOARD.md").read_text()
    assert done.planned == {"HOLES.md", "holes/H3.md"}
    assert [each.path for each in done.changes] == ["BOARD.md", "HOLES.md", "holes/H3.md"]
    assert "H3" in done.after.by_id
    assert "H3" not in done.before.by_id


def test_regions_of_a_new_file_are_filled(root: Path) -> None:
    text = '# All\n\n<!-- docsync:begin a view="status-table" kind="hole" columns="id,status" -->\n\n<!-- docsync:end a -->\n'
    change(_request(root), lambda _: Planned(files={"ALL.md": text}))
    assert "| H1  | 🔓 ready |" in (root / "ALL.md").read_text()


def test_nothing_is_written_where_that_is_not_wanted(root: Path) -> None:
    done = change(_request(root), _resolved, write=False)
    assert (root / "HOLES.md").read_text() == HOLES
    assert {each.path: each.after for each in done.changes}["HOLES.md"] == HOLES.replace("Ready", "Resolved", 1)


def test_a_file_that_is_there_is_not_made_again(root: Path) -> None:
    with pytest.raises(JobError, match=r"BOARD\.md: it is there already"):
        change(_request(root), lambda ground: replace(_resolved(ground), files={"BOARD.md": NEW}))
    assert (root / "HOLES.md").read_text() == HOLES


@pytest.mark.parametrize("path", ["../out.md", "a/../../out.md"])
def test_a_file_outside_the_project_is_not_made(root: Path, path: str) -> None:
    with pytest.raises(JobError, match="outside the project"):
        change(_request(root), lambda _: Planned(files={path: NEW}))


def test_a_folder_that_is_a_link_out_of_the_project_is_not_written_through(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "holes").symlink_to(outside)
    with pytest.raises(JobError, match="outside the project"):
        change(_request(root), lambda _: Planned(files={"holes/H3.md": NEW}))
    assert not list(outside.iterdir())


def test_a_file_that_changes_while_it_is_planned_is_planned_again(root: Path) -> None:
    asked = []

    def planning(ground: Ground) -> Planned:
        asked.append(1)
        if len(asked) == 1:
            plant(root, {"HOLES.md": HOLES + "\nA line more.\n"})
        return _resolved(ground)

    change(_request(root), planning)
    assert len(asked) == 2
    assert (root / "HOLES.md").read_text() == HOLES.replace("Ready", "Resolved", 1) + "\nA line more.\n"


def test_a_file_that_never_rests_is_refused(root: Path) -> None:
    def planning(ground: Ground) -> Planned:
        path = root / "HOLES.md"
        path.write_text(path.read_text() + "\nMore.\n")
        return _resolved(ground)

    with pytest.raises(JobError, match="files changed while they were read, 3 times in a row; nothing was written"):
        change(_request(root), planning)
    assert "Resolved" not in (root / "HOLES.md").read_text()


def test_a_save_after_planning_is_kept_and_nothing_is_written(root: Path) -> None:
    def planning(ground: Ground) -> Planned:
        planned = _resolved(ground)
        ground.source("BOARD.md")
        plant(root, {"BOARD.md": BOARD + "\nMine.\n"})
        return planned

    with pytest.raises(JobError, match=r"BOARD\.md: the file changed since it was read; run again; nothing was changed"):
        change(
            _request(root),
            lambda ground: replace(planning(ground), edits={**planning(ground).edits, "BOARD.md": _word(ground)}),
        )
    assert (root / "HOLES.md").read_text() == HOLES
    assert (root / "BOARD.md").read_text() == BOARD + "\nMine.\n"


def _word(ground: Ground) -> tuple[Edit, ...]:
    at = ground.source("BOARD.md").text.index("Of")
    return (Edit(Span(at, at + 2), "Out of"),)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- **Status**: Ready\n\n## H2", "- **Status**: Raedy\n\n## H2", "DS103"),
        ("## H2", "## H1", "DS105"),
        ("- **Status**: Ready\n\n## H2", "- **Status**: Ready\n- **Blocked by**: H77\n\n## H2", "DS501"),
        ("- **Status**: Ready\n\n## H2", "- **Status**: Ready\n\n<<<<<<< a\n=======\n>>>>>>> b\n## H2", "DS004"),
    ],
)
def test_what_would_break_the_project_is_refused(root: Path, old: str, new: str, said: str) -> None:
    def planning(ground: Ground) -> Planned:
        at = ground.source("HOLES.md").text.index(old)
        return Planned({"HOLES.md": (Edit(Span(at, at + len(old)), new),)})

    with pytest.raises(JobError, match=said):
        change(_request(root), planning)
    assert (root / "HOLES.md").read_text() == HOLES


def test_a_refused_file_takes_new_ones_with_it(root: Path) -> None:
    (root / "HOLES.md").chmod(0o444)
    with pytest.raises(JobError, match=r"HOLES\.md: the file is read-only"):
        change(_request(root), lambda ground: replace(_resolved(ground), files={"more/H3.md": NEW}))
    assert not (root / "more").exists()


def test_a_second_change_takes_the_first_for_its_own(root: Path) -> None:
    region = '\n<!-- docsync:begin a view="status-table" kind="hole" columns="id,status" -->\n\n<!-- docsync:end a -->\n'
    plant(root, {"BOARD.md": BOARD + region})
    change(_request(root), _resolved)
    assert "| H1  | ✅ resolved |" in (root / "BOARD.md").read_text()

    def back(ground: Ground) -> Planned:
        record = ground.project.by_id["H1"][0]
        return Planned({record.path: edits_for(ground.source(record.path), record, ground.project.config, {"status": "ready"})})

    done = change(_request(root), back)
    assert "| H1  | 🔓 ready |" in (root / "BOARD.md").read_text()
    assert not done.notes
