"""The manual of evidence shows what docsync prints for the project that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docsync.cli.main import run
from docsync.config.loading import parse_config
from docsync.engine.reports import places

_MANUAL = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
_FILES = dict(re.findall(r"^`(\S+)`:\n\n```\w+\n(.*?)^```$", _MANUAL, re.MULTILINE | re.DOTALL))
_PRINTED = dict(re.findall(r"^```console\n\$ docsync (.*)\n((?:.*\n)*?)```$", _MANUAL, re.MULTILINE))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in _FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_claims_that_the_reports_contradict(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sorted(path.name for path in project.rglob("*.*")) == ["STATE.md", "coverage.xml", "junit.xml"]
    assert run(["check", "--show-evidence"]) == 1
    assert capsys.readouterr().out == _PRINTED["check --show-evidence"]


def test_reports_that_are_older_than_a_source(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "weir").mkdir()
    (project / "weir" / "gate.py").write_text("def opened(): ...\n", encoding="utf-8")
    assert run(["check", "--show-notes"]) == 0
    assert capsys.readouterr().out == _PRINTED["check --show-notes"]


def test_the_places_are_those_that_are_looked_at() -> None:
    rows = dict(re.findall(r"^\| (JUnit|coverage|node ids) +\| (.*?) *\|$", _MANUAL, re.MULTILINE))
    listed = {name: tuple(re.findall(r"`([^`]+)`", row)) for name, row in rows.items()}
    assert listed == {"JUnit": places.JUNIT, "coverage": places.COVERAGE, "node ids": places.NODE_IDS}


def test_the_configuration_of_the_manual_is_one() -> None:
    (text,) = re.findall(r"^```toml\n(.*?)^```$", _MANUAL, re.MULTILINE | re.DOTALL)
    assert parse_config(text).evidence.sources == ("src/**", "tests/**")
