from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from docsync.text.adding import additions
from docsync.text.refusal import Refusal


def _tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_all_files_come_to_be_with_their_folders(tmp_path: Path) -> None:
    files = {"a.md": b"one\r\n", "new/deep/b.md": b"two", "new/c.md": b""}
    with additions(str(tmp_path), files) as ready:
        assert not (tmp_path / "a.md").exists()
        ready.put()
    assert _tree(tmp_path) == {"a.md": b"one\r\n", "new/c.md": b"", "new/deep/b.md": b"two"}


def test_what_is_not_put_leaves_nothing(tmp_path: Path) -> None:
    with additions(str(tmp_path), {"new/deep/b.md": b"two"}):
        pass
    assert list(tmp_path.iterdir()) == []


def test_none_comes_where_one_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"mine")
    with (
        pytest.raises(Refusal, match=r"b\.md is there already and is not overwritten"),
        additions(str(tmp_path), {"a.md": b"one", "b.md": b"two", "new/c.md": b"three"}) as ready,
    ):
        ready.put()
    assert _tree(tmp_path) == {"b.md": b"mine"}
    assert not (tmp_path / "new").exists()


def test_a_dangling_link_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(Refusal, match="already"), additions(str(tmp_path), {"a.md": b"one"}) as ready:
        ready.put()
    assert not (tmp_path / "elsewhere.md").exists()


def test_a_folder_behind_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "out").symlink_to(outside)
    with pytest.raises(Refusal, match="leads out of the project"), additions(str(root), {"b.md": b"", "out/a.md": b"one"}):
        pass
    assert list(outside.iterdir()) == []
    assert [path.name for path in root.iterdir()] == ["out"]


def _fail_late(root: Path) -> None:
    with additions(str(root), {"a.md": b"one", "kept/b.md": b"two", "new/c.md": b"3"}) as ready:
        ready.put()
        assert (root / "new/c.md").read_bytes() == b"3"
        raise KeyError


def test_an_error_takes_back_what_was_put(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(KeyError):
        _fail_late(tmp_path)
    assert _tree(tmp_path) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_what_somebody_has_replaced_meanwhile_is_not_taken_back(tmp_path: Path) -> None:
    with additions(str(tmp_path), {"a.md": b"one"}) as ready:
        ready.put()
        (tmp_path / "other").write_bytes(b"theirs")
        (tmp_path / "other").replace(tmp_path / "a.md")
        ready.take_back()
    assert _tree(tmp_path) == {"a.md": b"theirs"}


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []

    def fsync(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)
    with (
        pytest.raises(Refusal, match="No space left on device") as caught,
        additions(str(tmp_path), {"a.md": b"", "new/b.md": b""}),
    ):
        pass
    assert caught.value.code == "DS006"
    assert list(tmp_path.iterdir()) == []


def test_the_rights_are_those_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with additions(str(tmp_path), {"a.md": b""}) as ready:
            ready.put()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640
    assert (tmp_path / "a.md").stat().st_nlink == 1
