from __future__ import annotations

import os
from pathlib import Path

import pytest

from docsync.text.delivering import deliver, deliver_folder
from docsync.text.refusal import Refusal


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    deliver(str(tmp_path / "a.bin"), b"\x00one")
    assert os.listdir(tmp_path) == ["a.bin"]
    assert (tmp_path / "a.bin").read_bytes() == b"\x00one"


def test_what_is_there_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    with pytest.raises(Refusal, match="not overwritten"):
        deliver(str(path), b"new")
    assert path.read_bytes() == b"old"
    deliver(str(path), b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.bin"]


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_only_a_file_is_ever_replaced(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "a", tmp_path / "other"
    other.write_bytes(b"kept")
    path.mkdir() if kind == "folder" else path.symlink_to(other)
    with pytest.raises(Refusal, match="no file"):
        deliver(str(path), b"new", replace=True)
    assert other.read_bytes() == b"kept"


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="No such file"):
        deliver(str(tmp_path / "no" / "a"), b"new")
    with pytest.raises(Refusal, match="No such file"):
        deliver_folder(str(tmp_path / "no" / "a"), {"b": b"new"})


def test_a_new_folder_comes_whole(tmp_path: Path) -> None:
    deliver_folder(str(tmp_path / "out"), {"a": b"1", "b": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {"a": b"1", "b": b"2"}
    assert os.listdir(tmp_path) == ["out"]


def test_nothing_goes_into_a_folder_that_holds_one_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"kept")
    with pytest.raises(Refusal):
        deliver_folder(str(tmp_path), {"a": b"1", "b": b"2"})
    assert os.listdir(tmp_path) == ["b"]
    deliver_folder(str(tmp_path), {"a": b"1", "b": b"2"}, replace=True)
    assert (tmp_path / "b").read_bytes() == b"2"
    with pytest.raises(Refusal, match="no folder"):
        deliver_folder(str(tmp_path / "a"), {"c": b""})


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    link = os.link

    def saved_first(source: str, target: str, *, follow_symlinks: bool) -> None:
        path.write_bytes(b"theirs")
        link(source, target, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "link", saved_first)
    with pytest.raises(Refusal, match="not overwritten"):
        deliver(str(path), b"ours")
    assert path.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["a"]
