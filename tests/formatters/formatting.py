"""Run formatters and docsync over copies of the sample."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_repo"
TOOLS = ROOT / ".tools"


class Done(Struct, frozen=True):
    """Hold a command's exit code and all that it said."""

    code: int
    said: str


def run(folder: Path, program: str, *arguments: str) -> Done:
    """Run a program in a folder; docsync is the one of the running environment, with the folder as its project."""
    ours = program == "docsync"
    command = [str(Path(sys.executable).parent / program), *arguments, "--root", "."] if ours else [program, *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert "fault of docsync" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout + done.stderr)
