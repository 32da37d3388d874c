from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from docsync.cli.main import run
from trees import plant

MAC = "# Ferry ‚úÖ\r\n\r\n- ‚è≥ **Stops** ‚Üí 7/19 (36.8%)\r\n"
MEANT = "# Ferry ✅\r\n\r\n- ⏳ **Stops** → 7/19 (36.8%)\r\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    clean = "# ✅ 1/2 done, été\n"
    return plant(tmp_path, {".git/": "", "a.md": MAC, "docs/b.md": b"\xef\xbb\xbf" + "âœ… â³ 3/4 done".encode(), "c.md": clean})


def test_only_what_was_decoded_wrongly_is_rewritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = os.stat(here / "c.md")
    assert run(["repair"]) == 0
    assert capsys.readouterr().out == (
        "a.md: 3 places read as Mac Roman\ndocs/b.md: 2 places read as Windows-1252\nRewrote 2 files.\n"
    )
    assert (here / "a.md").read_bytes() == MEANT.encode()
    assert (here / "docs/b.md").read_bytes() == b"\xef\xbb\xbf" + "✅ ⏳ 3/4 done".encode()
    after = os.stat(here / "c.md")
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert run(["repair"]) == 0
    assert capsys.readouterr().out == "Nothing to repair.\n"


def test_the_diff_writes_nothing_and_can_be_applied(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["repair", "--diff"]) == 0
    told = capfdbinary.readouterr()
    assert (here / "a.md").read_bytes() == MAC.encode()
    assert told.err.endswith(b"Would rewrite 2 files.\n")
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    subprocess.run(["git", "apply", "-"], input=told.out, cwd=here, check=True)
    assert (here / "a.md").read_bytes() == MEANT.encode()


def test_only_what_was_named_is_rewritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["repair", "docs"]) == 0
    assert capsys.readouterr().out == "docs/b.md: 2 places read as Windows-1252\nRewrote 1 file.\n"
    assert (here / "a.md").read_bytes() == MAC.encode()


def test_nothing_else_repairs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regenerate", "--unsafe"]) == 0
    assert (here / "a.md").read_bytes() == MAC.encode()
    assert run(["check", "--show-notes", "a.md"]) == 0
    assert "a.md:1:9: info DS017[mojibake] 3 places were read as Mac Roman" in capsys.readouterr().out


def test_a_named_file_that_cannot_be_read_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "d.md").write_bytes(b"\xff")
    assert run(["repair", "a.md", "d.md"]) == 2
    told = capsys.readouterr().out
    assert "a.md: 3 places" in told
    assert "Left as it is:" in told
    assert "d.md:1:1: error DS001[not-utf8]" in told
    assert (here / "a.md").read_bytes() == MEANT.encode()


def test_a_file_that_cannot_be_written_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.link(here / "a.md", here / "other.txt")
    assert run(["repair", "a.md"]) == 2
    assert "DS007[write-refused]" in capsys.readouterr().out
    assert (here / "a.md").read_bytes() == MAC.encode()


def test_standard_input_is_no_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    assert run(["repair", "-"]) == 2
    assert "standard input" in capsys.readouterr().err
