"""Build repositories with a past, and ask for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docsync.cli.main import run
from trees import git, plant


def hole(name: str, status: str, more: str = "") -> str:
    """Write a file that is the home of a hole."""
    return f"---\nkind: hole\nid: {name}\ntitle: Buoy {name}\nstatus: {status}\n{more}---\n"


def commit(root: Path, files: Mapping[str, str | bytes | None], subject: str = "x", *options: str) -> str:
    """Commit files, None for those that go, and give the commit's name."""
    if not (root / ".git").exists():
        root.mkdir(exist_ok=True)
        git(root, "init", "-q", "-b", "main")
    plant(root, {path: content for path, content in files.items() if content is not None})
    for path, content in files.items():
        if content is None:
            (root / path).unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", subject, *options)
    return git(root, "rev-parse", "HEAD").strip()


class Asking:
    """Ask for a history, and read what comes out."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def text(self, *arguments: str) -> str:
        """Give what is printed."""
        self._capsys.readouterr()
        assert run(["history", *arguments]) == 0
        return self._capsys.readouterr().out

    def said(self, *arguments: str) -> str:
        """Give what is said beside it."""
        self._capsys.readouterr()
        assert run(["history", *arguments]) == 0
        return self._capsys.readouterr().err

    def told(self, *arguments: str) -> dict[str, Any]:
        """Give the JSON, the same with what is remembered and without."""
        first, again, without = (self.text(*arguments, "--json", *extra) for extra in ((), (), ("--no-cache",)))
        assert first == again == without
        return dict(json.loads(first))

    def events(self, *arguments: str) -> list[str]:
        """Give what became of a record, a line each."""
        changes = self.told(*arguments)["changes"]
        return [f"{each['subject']}: {each['field']} {each['before']} -> {each['after']}" for each in changes]

    def readings(self, *arguments: str) -> list[str]:
        """Give the readings of numbers, a line each."""
        changes = self.told(*arguments)["changes"]
        return [f"{each['subject']}: {each['number']} {each['value']}/{each['total']}" for each in changes]

    def refused(self, *arguments: str) -> str:
        """Give what is said where it cannot be told."""
        self._capsys.readouterr()
        assert run(["history", *arguments]) == 2
        captured = self._capsys.readouterr()
        assert captured.out == ""
        return captured.err
