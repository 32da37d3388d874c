from __future__ import annotations

import os
from pathlib import Path

import pytest

from docsync.text.creating import create
from docsync.text.refusal import Refusal


def test_a_new_file_holds_the_text_as_it_is(tmp_path: Path) -> None:
    create(str(tmp_path), "docsync.toml", "# caf\u00e9\r\nkey = 1\n")
    assert (tmp_path / "docsync.toml").read_bytes() == "# caf\u00e9\r\nkey = 1\n".encode()
    assert os.listdir(tmp_path) == ["docsync.toml"]
    assert (tmp_path / "docsync.toml").stat().st_nlink == 1


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "docsync.toml"
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    with pytest.raises(Refusal, match="there already") as caught:
        create(str(tmp_path), "docsync.toml", "theirs")
    assert caught.value.code == "DS007"
    assert os.listdir(tmp_path) == ["docsync.toml"]
    assert kind != "file" or path.read_text() == "mine"


def test_an_error_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refusal, match="No space left") as caught:
        create(str(tmp_path), "docsync.toml", "text")
    assert caught.value.code == "DS006"
    assert os.listdir(tmp_path) == []
