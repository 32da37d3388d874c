"""The sample is what it says it is: rich, consistent as committed, and a good day's demonstration."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_repo"
DOCSYNC = Path(sys.executable).parent / "docsync"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    folder = tmp_path / "sample_repo"
    shutil.copytree(SAMPLE, folder)
    return folder


def docsync(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache"), "NO_COLOR": "1"}
    return subprocess.run(
        [str(DOCSYNC), *arguments], cwd=folder, env=environment, text=True, encoding="utf-8", capture_output=True, check=False
    )


def report(folder: Path) -> dict[str, Any]:
    done = docsync(folder, "check", "--root", ".", "--output-format", "json")
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


def test_it_is_consistent_as_committed(sample: Path) -> None:
    found = report(sample)
    assert found["diagnostics"] == []
    assert found["summary"]["records"] >= 60
    assert found["summary"]["claims"]["confirmed"] >= 20
    assert found["summary"]["claims"]["contradicted"] == 0


def test_nothing_in_it_is_out_of_date(sample: Path) -> None:
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    done = docsync(sample, "regenerate", "--root", ".")
    assert (done.returncode, done.stdout) == (0, "Nothing to rewrite.\n")
    assert {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()} == before


def test_it_holds_what_a_planning_project_holds() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SAMPLE.rglob("*.md"))
    assert len(set(re.findall(r"^(?:id: |### )(H\d+)", text, re.MULTILINE))) >= 19
    assert len(re.findall(r"^\| P\d ", (SAMPLE / "planning/ROADMAP.md").read_text(encoding="utf-8"), re.MULTILINE)) >= 7
    assert len(re.findall(r"docsync:begin", text)) >= 8
    expressions = re.findall(r"docsync:claim (.+?) -->", text)
    assert sum(len(re.split(r"[ /]", found)) for found in expressions) >= 6
    assert {"kind: hole", "kind: gate", "kind: session", "records: hole", "records: phase", "records: metric"} <= set(
        text.splitlines()
    )


def test_a_day_of_contradictions_is_found_and_mended(tmp_path: Path) -> None:
    """The demonstration of the README, on a copy of the checkout's two folders."""
    for name in ("sample_repo", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    done = subprocess.run(
        ["sh", str(tmp_path / "scripts" / "demo.sh"), str(DOCSYNC)],
        env={**os.environ, "NO_COLOR": "1"},
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    first, last = done.stdout.split("2. docsync check")[1].split("3. docsync")[0], done.stdout.split("5. docsync check")[1]
    assert {"DS210", "DS301", "DS404", "DS601"} <= set(re.findall(r"DS\d{3}", first))
    assert "Nothing found that contradicts." in last
