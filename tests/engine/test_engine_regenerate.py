from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docsync.engine import JobError, Request, Wish, reading, regenerate, regenerating, settling
from docsync.text import writing
from docsync.text.leftovers import part_name, swap_name
from docsync.text.source import SourceFile
from docsync.text.writing import Plan, Written
from lighthouse import BOARD, LAMP, LENS, LIGHTHOUSE, changed, codes, put_right, run
from trees import commit, plant

RIGHT = """\
# Board

<!-- docsync:claim holes.resolved/holes.total -->

**Holes**: 1/2 resolved (50%)

The keeper wrote this.

<!-- docsync:begin all view="status-table" kind="hole" columns="id,title,status" -->

| ID  | Title | Status      |
| --- | ----- | ----------- |
| H1  | Lamp  | ✅ resolved |
| H2  | Lens  | ⏳ pending  |

<!-- docsync:end all -->

Kept to the end.
"""


def test_regions_and_bound_numbers_are_put_right(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    done = put_right(tmp_path)
    assert changed(done) == {"BOARD.md": (("all",), 3)}
    assert (tmp_path / "BOARD.md").read_text() == RIGHT
    assert not done.left.diagnostics
    assert codes(run(tmp_path)) == []


def test_nothing_to_do_touches_nothing(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": RIGHT})
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (tmp_path, *tmp_path.rglob("*"))}
    assert changed(put_right(tmp_path)) == {}
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (tmp_path, *tmp_path.rglob("*"))} == before


def _left_by_a_killed_run(root: Path, name: str, text: str) -> Path:
    with subprocess.Popen(["true"]) as child:
        path = root / name.replace(f"-{os.getpid()}-", f"-{child.pid}-", 1)
    path.write_text(text)
    return path


def test_what_killed_runs_left_beside_any_document_is_cleared_away(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": RIGHT, "logs/2026.md": "# Log\n", "bare/notes.txt": ""})
    swept = [_left_by_a_killed_run(tmp_path / folder, part_name(), "half a te") for folder in ("", "logs")]
    elsewhere = _left_by_a_killed_run(tmp_path / "bare", part_name(), "half a te")
    assert not put_right(tmp_path).left.failed
    assert [path.exists() for path in (*swept, elsewhere)] == [False, False, True]


def test_a_save_that_a_killed_run_left_where_nothing_is_written_is_kept_and_named(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"logs/2026.md": "# Log\n"})
    _left_by_a_killed_run(tmp_path / "logs", swap_name(part_name(), b"new", b"old"), "saved")
    done = put_right(tmp_path)
    (found,) = done.left.diagnostics
    assert (found.code, (tmp_path / found.place.path).read_text()) == ("DS008", "saved")
    assert found.place.path.startswith("logs/docsync-rescued-")
    assert done.left.failed
    assert not put_right(tmp_path).left.failed


def test_nothing_is_written_when_that_is_not_wished(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    done = put_right(tmp_path, wish=Wish(write=False))
    assert [(change.before.text, change.after) for change in done.changes] == [(BOARD, RIGHT)]
    assert (tmp_path / "BOARD.md").read_text() == BOARD
    assert not done.left.diagnostics


@pytest.mark.parametrize("cache", [True, False])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", ["\n", "", "\n\n\n"])
def test_line_ends_byte_order_mark_and_last_line_stay(
    tmp_path: Path, newline: str, bom: bytes, last: str, *, cache: bool
) -> None:
    def as_bytes(text: str) -> bytes:
        return bom + (text.rstrip("\n") + last).replace("\n", newline).encode()

    plant(tmp_path, {"holes/H1.md": as_bytes(LAMP), "holes/H2.md": as_bytes(LENS), "BOARD.md": as_bytes(BOARD)})
    put_right(tmp_path, cache=cache)
    assert (tmp_path / "BOARD.md").read_bytes() == as_bytes(RIGHT)
    assert (tmp_path / "holes/H1.md").read_bytes() == as_bytes(LAMP)


def test_only_named_paths_are_written(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"docs/OTHER.md": BOARD})
    assert changed(put_right(tmp_path, "docs")) == {"docs/OTHER.md": (("all",), 3)}
    assert (tmp_path / "BOARD.md").read_text() == BOARD


HAND = BOARD.replace("| old |\n| --- |", "by hand")


@pytest.mark.parametrize("unsafe", [True, False])
def test_a_region_edited_by_hand_is_kept_and_reported(tmp_path: Path, *, unsafe: bool) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    plant(tmp_path, {"BOARD.md": HAND})
    done = put_right(tmp_path, wish=Wish(unsafe=unsafe))
    assert changed(done) == {"BOARD.md": ((), 3)}
    assert codes(done.left) == ["BOARD.md DS603"]
    assert "by hand" in (tmp_path / "BOARD.md").read_text()
    assert codes(put_right(tmp_path).left) == ["BOARD.md DS603"]


def test_a_region_edited_by_hand_is_overwritten_when_that_is_wished(tmp_path: Path) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    plant(tmp_path, {"BOARD.md": HAND})
    done = put_right(tmp_path, wish=Wish(overwrite_edited=True))
    assert (changed(done), codes(done.left)) == ({"BOARD.md": (("all",), 3)}, [])
    assert (tmp_path / "BOARD.md").read_text() == RIGHT


def test_what_docsync_wrote_itself_is_no_edit_by_hand(tmp_path: Path) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    put_right(tmp_path)
    plant(tmp_path, {"holes/H2.md": LENS.replace("pending", "resolved")})
    assert changed(put_right(tmp_path)) == {"BOARD.md": (("all",), 2)}
    plant(tmp_path, {"holes/H2.md": LENS, "BOARD.md": (tmp_path / "BOARD.md").read_text().replace("Lens", "Lentil")})
    assert codes(put_right(tmp_path).left) == ["BOARD.md DS603"]


@pytest.mark.parametrize("own", ["My own words.", "| old |\n| --- |\n\nMy own words."])
@pytest.mark.parametrize("committed", [True, False])
def test_words_that_no_view_writes_are_kept_though_they_were_committed(tmp_path: Path, own: str, *, committed: bool) -> None:
    words = BOARD.replace("| old |\n| --- |", own)
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": words})
    if committed:
        commit(tmp_path)
    done = put_right(tmp_path)
    assert codes(done.left) == ["BOARD.md DS603"]
    (found,) = done.left.diagnostics
    assert "--overwrite-edited" in found.help
    assert "out of the region" in found.help
    assert "My own words." in (tmp_path / "BOARD.md").read_text()
    put_right(tmp_path, wish=Wish(merged=True))
    assert "My own words." in (tmp_path / "BOARD.md").read_text()
    put_right(tmp_path, wish=Wish(overwrite_edited=True))
    assert (tmp_path / "BOARD.md").read_text() == RIGHT


def test_a_stale_table_is_put_right_where_nothing_but_git_remembers_it(tmp_path: Path) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    assert changed(put_right(tmp_path)) == {"BOARD.md": (("all",), 3)}


def test_without_a_cache_it_is_still_remembered_what_was_written(tmp_path: Path) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    put_right(tmp_path, cache=False)
    plant(tmp_path, {"holes/H2.md": LENS.replace("pending", "resolved")})
    assert codes(run(tmp_path, cache=False)) == ["BOARD.md DS210", "BOARD.md DS601"]


@pytest.mark.parametrize(
    "broken",
    [
        BOARD.replace("<!-- docsync:end all -->", ""),
        BOARD.replace("end all", "end other"),
        BOARD + '<!-- docsync:begin all view="x" -->\n',
    ],
)
def test_a_file_with_malformed_markers_is_never_written(tmp_path: Path, broken: str) -> None:
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": broken, "OTHER.md": BOARD})
    done = put_right(tmp_path)
    assert changed(done) == {"OTHER.md": (("all",), 3)}
    assert "BOARD.md DS602" in codes(done.left)
    assert done.left.failed
    assert (tmp_path / "BOARD.md").read_text() == broken
    assert not put_right(tmp_path, "OTHER.md").left.failed


def test_a_region_that_fails_keeps_its_text(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": BOARD.replace("status-table", "status-tabel")})
    done = put_right(tmp_path)
    assert (changed(done), codes(done.left), done.left.failed) == ({"BOARD.md": ((), 3)}, ["BOARD.md DS604"], False)
    assert "| old |" in (tmp_path / "BOARD.md").read_text()


LARGE = b"x" * 2_000_001


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"caf\xe9", ""), (BOARD.encode() + b"\xe9", "DS001"), (LARGE, ""), (BOARD.encode() + LARGE, "DS003")],
)
def test_a_file_that_cannot_be_read_is_a_failure_when_it_holds_something_of_ours(tmp_path: Path, raw: bytes, code: str) -> None:
    plant(tmp_path, LIGHTHOUSE | {"ODD.md": raw})
    done = put_right(tmp_path)
    assert (codes(done.left), done.left.failed) == ([f"ODD.md {code}"] if code else [], bool(code))
    assert (tmp_path / "ODD.md").read_bytes() == raw
    assert (tmp_path / "BOARD.md").read_text() == RIGHT
    assert put_right(tmp_path, "ODD.md").left.failed


def test_a_folder_that_cannot_be_listed_may_hold_something_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE | {"closed/a.md": ""})
    listing = os.scandir

    def scandir(path: str) -> object:
        if path.rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    done = put_right(tmp_path)
    assert (codes(done.left), done.left.failed) == (["closed DS005"], True)


def test_a_file_that_may_not_be_written_is_reported_and_the_others_are_written(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"OTHER.md": BOARD})
    os.link(tmp_path / "OTHER.md", tmp_path / "twin.txt")
    done = put_right(tmp_path)
    assert changed(done) == {"BOARD.md": (("all",), 3)}
    assert (codes(done.left), done.left.failed) == (["OTHER.md DS007"], True)
    assert (tmp_path / "OTHER.md").read_text() == BOARD


def test_unsafe_fixes_are_applied_when_that_is_wished(tmp_path: Path) -> None:
    text = "# Board\n\n**Progress**: 3/4 tasks complete (60%)\n"
    plant(tmp_path, {"a.md": text})
    assert codes(run(tmp_path)) == ["a.md DS202"]
    assert changed(put_right(tmp_path)) == {}
    assert changed(put_right(tmp_path, wish=Wish(unsafe=True))) == {"a.md": ((), 1)}
    assert (tmp_path / "a.md").read_text() == text.replace("60", "75")


def test_a_number_that_follows_from_a_bound_one_is_put_right_in_the_same_run(tmp_path: Path) -> None:
    metric = (
        "---\nkind: metric\nid: M1\ntitle: Lit\nstatus: in_progress\ncurrent: 0\ntarget: 2\n"
        "docsync: {computed: {current: holes.resolved}}\n---\n\n# Lit\n"
    )
    board = "# Board\n\n<!-- docsync:claim metrics[M1].current -->\n\nLit: 0 lamps\n"
    plant(tmp_path, {"holes/H1.md": LAMP, "holes/H2.md": LENS, "M1.md": metric, "BOARD.md": board})
    assert changed(put_right(tmp_path)) == {"BOARD.md": ((), 1), "M1.md": ((), 1)}
    assert (tmp_path / "M1.md").read_text() == metric.replace("current: 0", "current: 1")
    assert (tmp_path / "BOARD.md").read_text() == board.replace("0 lamps", "1 lamps")


def test_a_circle_is_refused_and_both_texts_are_shown(tmp_path: Path) -> None:
    def metric(name: str, current: int, other: str) -> str:
        computed = f'docsync:\n  computed:\n    current: "metrics[{other}].current"'
        return f"---\nkind: metric\nid: {name}\ntitle: {name}\ncurrent: {current}\ntarget: 9\n{computed}\n---\n\n# {name}\n"

    plant(tmp_path, LIGHTHOUSE | {"M1.md": metric("M1", 1, "M2"), "M2.md": metric("M2", 2, "M1")})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    done = put_right(tmp_path)
    assert (done.changes, done.left.failed, codes(done.left)) == ((), True, ["M1.md DS900", "M2.md DS900"])
    (first, one, other), (second, _, _) = done.unsettled
    assert (first, second, {one, other}) == ("M1.md", "M2.md", {metric("M1", 1, "M2"), metric("M1", 2, "M2")})
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.md")} == before


def test_what_somebody_saves_meanwhile_is_kept_and_put_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE)
    saved = BOARD.replace("The keeper wrote this.", "The keeper wrote more.")
    save_before_writing(tmp_path, monkeypatch, saved)
    assert changed(put_right(tmp_path)) == {"BOARD.md": (("all",), 3)}
    assert (tmp_path / "BOARD.md").read_text() == RIGHT.replace("wrote this", "wrote more")


@pytest.mark.parametrize(
    ("saved", "code"),
    [(BOARD.replace("end all", "end other").encode(), "DS602"), (BOARD.encode() + b"\xe9", "DS001")],
)
def test_what_somebody_breaks_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: bytes, code: str
) -> None:
    plant(tmp_path, LIGHTHOUSE)
    save_before_writing(tmp_path, monkeypatch, saved)
    done = put_right(tmp_path)
    assert (changed(done), codes(done.left), done.left.failed) == ({}, [f"BOARD.md {code}"], True)
    assert (tmp_path / "BOARD.md").read_bytes() == saved


def save_before_writing(root: Path, monkeypatch: pytest.MonkeyPatch, saved: str | bytes) -> None:
    """Save a file at the moment that everything is planned and nothing is written."""

    def write_all(folder: str, plans: list[Plan]) -> tuple[Written, ...]:
        plant(root, {"BOARD.md": saved})
        return writing.write_all(folder, plans)

    monkeypatch.setattr(regenerating, "write_all", write_all)


def test_a_file_saved_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE)
    saves = iter([BOARD.replace("this", "more")])
    save_while_reading(tmp_path, monkeypatch, saves)
    put_right(tmp_path)
    assert (tmp_path / "BOARD.md").read_text() == RIGHT.replace("this", "more")


def test_files_that_keep_changing_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE)
    save_while_reading(tmp_path, monkeypatch, iter(f"{BOARD}{count}\n" for count in range(100)))
    with pytest.raises(JobError, match="nothing was written"):
        put_right(tmp_path)


def save_while_reading(root: Path, monkeypatch: pytest.MonkeyPatch, saves: Iterator[str]) -> None:
    """Save a file between the survey and the moment that its text is opened for a draft."""

    def file_bytes(folder: str, path: str, limit: int) -> bytes:
        if text := next(saves, None):
            plant(root, {"BOARD.md": text})
        return reading.file_bytes(folder, path, limit)

    monkeypatch.setattr(settling, "file_bytes", file_bytes)


def test_a_region_in_a_list_keeps_its_prefix(tmp_path: Path) -> None:
    item = (
        '- An item\n\n  <!-- docsync:begin all view="status-table" kind="hole" columns="id" -->\n\n  | old |\n  | --- |\n\n'
        "  <!-- docsync:end all -->\n\n- Another\n"
    )
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": item})
    put_right(tmp_path)
    assert (tmp_path / "BOARD.md").read_text() == item.replace(
        "  | old |\n  | --- |\n", "  | ID  |\n  | --- |\n  | H1  |\n  | H2  |\n"
    )


def test_a_path_that_is_absent_is_told(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    request = Request(str(tmp_path), (str(tmp_path / "absent.md"),))
    with pytest.raises(JobError):
        regenerate(request, Wish())


def test_a_source_keeps_its_mark(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"BOARD.md": b"\xef\xbb\xbf" + BOARD.encode()})
    (change,) = put_right(tmp_path, wish=Wish(write=False)).changes
    assert isinstance(change.before, SourceFile)
    assert change.before.bom
