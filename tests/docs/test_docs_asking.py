"""The manual of questions shows what docsync prints for the sample repository, and names what there is."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from docsync.cli.main import run
from docsync.project.asking.fields import DERIVED

_ROOT = Path(__file__).parents[2]
_MANUAL = (_ROOT / "docs" / "asking.md").read_text(encoding="utf-8")
_EXAMPLES = re.findall(r"^```console\n\$ (docsync .*)\n((?:.*\n)*?)```$", _MANUAL, re.MULTILINE)
_KEYS = re.findall(r"^\| `(\w+)` +\| (.*) \|$", _MANUAL.partition("## JSON")[2], re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(_EXAMPLES) > 8
    assert _MANUAL.count("```console") == len(_EXAMPLES)


@pytest.mark.parametrize(("line", "printed"), _EXAMPLES)
def test_the_manual_shows_what_is_printed(
    line: str, printed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_ROOT / "sample_repo")
    assert run(shlex.split(line)[1:]) == 0
    assert capsys.readouterr() == (printed, "")


def test_every_field_that_each_record_has_is_named() -> None:
    assert {name for name in DERIVED if f"`{name}`" not in _MANUAL} == set()


@pytest.mark.parametrize(("command", "keys"), _KEYS)
def test_every_key_of_the_json_is_named(
    command: str, keys: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_ROOT / "sample_repo")
    assert run([command, *(["H9"] if command == "show" else []), "--json"]) == 0
    captured = json.loads(capsys.readouterr().out)
    few = {"pointer", "id", "kind", "title", "status", "phase", "path", "line", "column"}
    known = set(re.findall(r"`(\w+)`", keys)) | few
    given = captured[0] if isinstance(captured, list) else captured
    assert {key for key in given if key not in known} == set()
    assert all(f"`{name}`" in _MANUAL for name in few)
