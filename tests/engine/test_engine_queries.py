"""Regions with queries, from the markers to the written file, and in a session that keeps what it knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsync.cli.main import run
from docsync.database import asking
from docsync.engine import Request, check
from docsync.engine.session import Session
from docsync.generator import queries
from docsync.models.diagnostics import Report
from trees import plant

HOLES = """---
records: hole
---

# Holes

<!-- docsync:begin all query="select id, status, line from holes" -->
<!-- docsync:end all -->

## H1: Sluice

- **Status**: Resolved

## H2: Weir

- **Status**: Pending
"""
STATE = """# State

<!-- docsync:begin said query="select entity, status from mentions where status is not null" empty="Nothing." -->
<!-- docsync:end said -->

> <!-- docsync:begin open query="select count(*) as open from holes where open" -->
> <!-- docsync:end open -->

## Notes

H2 is hard.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return plant(tmp_path, {".git/": "", "HOLES.md": HOLES, "STATE.md": STATE})


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.code, one.message.split("`")[1]) for one in report.diagnostics if one.code.startswith("DS6")]


def test_regions_are_filled_until_the_lines_that_they_name_are_right(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regenerate", "--root", str(root)]) == 0
    text = (root / "HOLES.md").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert lines.index("## H1: Sluice") + 1 == 16
    assert "| H1  | resolved |   16 |" in lines
    assert "| H2  | pending  |   20 |" in lines
    state = (root / "STATE.md").read_text(encoding="utf-8")
    assert "> | open |\n> | ---: |\n> |    1 |\n" in state
    assert "\n\nNothing.\n\n" in state
    assert run(["regenerate", "--check", "--root", str(root)]) == 0
    capsys.readouterr()
    assert run(["check", "--root", str(root)]) == 0


def test_a_session_asks_again_what_may_have_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["regenerate", "--root", str(root)]) == 0
    asked: list[str] = []

    def ask(*arguments: object, **more: object) -> asking.Answer:
        asked.append(str(arguments[1]).split()[1])
        return asking.ask(*arguments, **more)  # type: ignore[arg-type]  # whatever was given

    monkeypatch.setattr(queries, "ask", ask)
    session = Session(Request(str(root), cache=False))
    assert found(session.look_everywhere()) == []
    asked.clear()
    state = (root / "STATE.md").read_text(encoding="utf-8")
    plant(root, {"STATE.md": state.replace("H2 is hard.", "- **H2**: in progress")})
    assert found(session.look_at({"STATE.md"})) == [("DS601", "said")]
    assert asked == ["entity,"]  # the records are as they were
    holes = (root / "HOLES.md").read_text(encoding="utf-8")
    plant(root, {"HOLES.md": holes.replace("Pending", "Resolved")})
    assert found(session.look_at({"HOLES.md"})) == [("DS601", "all"), ("DS601", "said"), ("DS601", "open")]
    plant(root, {"HOLES.md": holes.replace("# Holes\n", "# Holes\n\nThere are two.\n")})
    assert found(session.look_at({"HOLES.md"})) == [("DS601", "all"), ("DS601", "said")]
    assert found(check(Request(str(root), cache=False))) == [("DS601", "all"), ("DS601", "said")]


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('query="select 1 -- one"', "the attribute query holds `--`, which HTML forbids in a comment"),
        ('query=""', 'region "x" names no view'),
        ("query='select 1'", "cannot read `query='select 1'`"),
        ('query="select "id" from holes"', "cannot read"),
    ],
)
def test_a_marker_that_cannot_hold_a_query_is_malformed(tmp_path: Path, attributes: str, said: str) -> None:
    plant(tmp_path, {".git/": "", "a.md": f"# A\n\n<!-- docsync:begin x {attributes} -->\n<!-- docsync:end x -->\n"})
    (one,) = check(Request(str(tmp_path), cache=False)).diagnostics
    assert one.code == "DS602"
    assert said in one.message


def test_a_region_may_compare_with_any_sign(tmp_path: Path) -> None:
    statement = "select 1 as a where 2 > 1 and 1 <> 2 and 'a' <= 'b' and - -1 = 1"
    text = f'# A\n\n<!-- docsync:begin x query="{statement}" -->\n<!-- docsync:end x -->\n'
    plant(tmp_path, {".git/": "", "a.md": text})
    assert run(["regenerate", "--root", str(tmp_path)]) == 0
    assert "| ---: |" not in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "|   a |\n| --: |\n|   1 |\n" in (tmp_path / "a.md").read_text(encoding="utf-8")
