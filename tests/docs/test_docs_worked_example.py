"""The worked example prints what it shows, from the first question to the clean check; DOCSYNC_GOLDEN=write shows it anew."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docsync.cli.main import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "worked-example.md"
BLOCK = re.compile(r"^```console\n((?:\$ .*\n)+)((?:(?!```$).*\n)*)```$", re.MULTILINE)
DAY = "2026-04-10T18:00:00+0000"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the sample into a repository of its own."""
    copy = tmp_path / "sample_repo"
    shutil.copytree(ROOT / "sample_repo", copy)
    for name, value in {
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "GIT_AUTHOR_DATE": DAY,
        "GIT_COMMITTER_DATE": DAY,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "NO_COLOR": "1",
    }.items():
        monkeypatch.setenv(name, value)
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=Ilse", "-c", "user.email=i@example.org", "commit", "-qm", "Plan"],
    ):
        subprocess.run(["git", *command], cwd=copy, check=True)
    monkeypatch.chdir(copy)
    return copy


def said(commands: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the lines of a block, docsync here and the rest in a shell, and give what the last one printed."""
    printed = ""
    for line in commands.splitlines():
        words = shlex.split(line.removeprefix("$ "))
        if words[0] == "docsync":
            run(words[1:])
            output = capsys.readouterr()
            printed = output.out + output.err
        else:
            done = subprocess.run(words, check=True, capture_output=True, text=True)
            printed = done.stdout
    return printed


def played(text: str, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str, str]]:
    """Give each block's commands, what is shown below them and what they print."""
    for block in BLOCK.finditer(text):
        yield block[1], block[2], said(block[1], capsys)


def test_a_day_of_work_goes_as_it_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    blocks = list(played(text, capsys))
    # The commit's name follows from all that the sample holds, and is nobody's business here.
    shown = [(commands, re.sub(r"\bcommit [0-9a-f]{8}\b", "commit 1234abcd", printed)) for commands, _, printed in blocks]
    if os.environ.get("DOCSYNC_GOLDEN") == "write":
        fresh = iter(shown)
        EXAMPLE.write_text(BLOCK.sub(lambda _: "```console\n" + "".join(next(fresh)) + "```", text), encoding="utf-8")
    assert shown == [(commands, expected) for commands, expected, _ in blocks]
    assert len(blocks) > 8
    assert "Nothing found that contradicts." in EXAMPLE.read_text(encoding="utf-8")
    del project
