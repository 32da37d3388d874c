from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from docsync.text.edits import Edit
from docsync.text.source import read
from docsync.text.spans import Span
from docsync.text.together import write_together
from docsync.text.writing import Plan, Written, write_all
from trees import plant


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return plant(tmp_path, {"a.md": "one\n", "b.md": "two\n"})


def _plan(root: Path, path: str) -> Plan:
    return Plan(path, read(str(root), path), (Edit(Span(0, 3), "new"),))


def test_all_is_written(root: Path) -> None:
    done = write_together(str(root), [_plan(root, "a.md"), _plan(root, "b.md")], {"c/d/e.md": "more\n"})
    assert [one.path for one in done] == ["a.md", "b.md", "c/d/e.md"]
    assert all(one.changed for one in done)
    assert (root / "a.md").read_text() == (root / "b.md").read_text() == "new\n"
    assert (root / "c/d/e.md").read_text() == "more\n"


def test_what_changed_since_it_was_read_keeps_all_from_being_written(root: Path) -> None:
    plans = [_plan(root, "a.md"), _plan(root, "b.md")]
    plant(root, {"b.md": "saved\n"})
    (refused,) = write_together(str(root), plans, {"c.md": "more\n"})
    assert refused.path == "b.md"
    assert refused.refusal
    assert refused.refusal.code == "DS008"
    assert (root / "a.md").read_text() == "one\n"
    assert (root / "b.md").read_text() == "saved\n"
    assert not (root / "c.md").exists()


@pytest.mark.parametrize("gone", ["b.md", "a.md"])
def test_what_was_deleted_is_not_written_again(root: Path, gone: str) -> None:
    plans = [_plan(root, "a.md"), _plan(root, "b.md")]
    (root / gone).unlink()
    (refused,) = write_together(str(root), plans, {})
    assert refused.path == gone
    assert not (root / gone).exists()


def test_a_save_at_the_last_moment_puts_everything_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The save comes after the obstacles were looked for: what is written by then must not stay."""

    def late(top: str, plans: Iterable[Plan]) -> tuple[Written, ...]:
        if not (root / "saved").exists():
            plant(root, {"saved": "", "b.md": "saved\n"})
        return write_all(top, plans)

    monkeypatch.setattr("docsync.text.together.write_all", late)
    (refused,) = write_together(str(root), [_plan(root, "a.md"), _plan(root, "b.md")], {"c/d.md": "more\n"})
    assert refused.path == "b.md"
    assert (root / "a.md").read_text() == "one\n"
    assert (root / "b.md").read_text() == "saved\n"
    assert not (root / "c").exists()


def test_a_file_that_cannot_be_made_keeps_all_from_being_written(root: Path) -> None:
    refused = write_together(str(root), [_plan(root, "a.md")], {"c.md": "more\n", "b.md/d.md": "more\n"})
    assert [one.path for one in refused if one.refusal] == ["c.md", "b.md/d.md"]
    assert (root / "a.md").read_text() == "one\n"
    assert sorted(os.listdir(root)) == ["a.md", "b.md"]
