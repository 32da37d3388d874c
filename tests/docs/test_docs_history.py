"""Every command block of the page on history does what it says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from test_docs_readme import sessions, shown

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "history.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(script: str, folder: Path) -> str:
    people = {f"GIT_{role}_{what}": "me@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {
        **os.environ,
        **people,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, text=True, encoding="utf-8", capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def test_console_blocks_show_what_happens(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    ran = 0
    for language, text in FENCE.findall(PAGE):
        for command, expected in sessions(text) if language == "console" else [(text, "")]:
            output = run(command, folder)
            assert shown(expected).fullmatch(output), f"$ {command}\n{output}"
            ran += 1
    assert ran == 7
