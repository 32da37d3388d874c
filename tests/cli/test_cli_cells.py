from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from docsync.cli.main import run

HOLES = (
    "---\nrecords: hole\n---\n\n# Holes\n\n"
    "| ID | Title | Status | Resolution |\n|---|---|---|---|\n"
    "| H1 | tide \\| swell | ready | |\n"
    "| H2 | `a \\| b` | ready | |\n"
)
REGION = '\n<!-- docsync:begin all view="status-table" kind="hole" columns="id,title" -->\n<!-- docsync:end all -->\n'

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def docsync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holes.md").write_text(HOLES)

    def invoke(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(list(arguments))
        return code, capsys.readouterr().out

    return invoke


def home(root: Path) -> str:
    return (root / "holes.md").read_text()


def test_the_value_of_a_cell_has_no_backslash_before_its_bars(docsync: Run) -> None:
    code, out = docsync("query", "--format", "json", "select title from records order by id")
    assert (code, json.loads(out)) == (0, [{"title": "tide | swell"}, {"title": "`a | b`"}])
    code, out = docsync("query", "--format", "markdown", "select title from records where id = 'H1'")
    assert "| tide \\| swell |" in out
    assert "tide | swell" in docsync("list")[1]
    assert "H1: tide | swell\n" in docsync("show", "H1")[1]


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("title=tide | swell", ["H1"]),
        ("title=`a | b`|tide | swell", []),
        ("title!=tide | swell", ["H2"]),
        ("id=H1|H2", ["H1", "H2"]),
    ],
)
def test_a_condition_goes_by_the_whole_value_too(docsync: Run, condition: str, ids: list[str]) -> None:
    _, out = docsync("list", "--where", condition)
    assert [line.split()[0] for line in out.splitlines() if line.startswith("H")] == ids


@pytest.mark.parametrize("title", ["tide | surge", "`a || b`", "|", "kept \\| sign", "one \\\\| two"])
def test_a_title_is_set_as_it_is_said(docsync: Run, tmp_path: Path, title: str) -> None:
    assert docsync("set", "H1", f"title={title}")[0] == 0
    assert home(tmp_path) == HOLES.replace("tide \\| swell", title.replace("|", "\\|"))
    _, out = docsync("query", "--format", "json", "select title from records where id = 'H1'")
    assert json.loads(out) == [{"title": title}]
    before = home(tmp_path)
    assert docsync("set", "H1", f"title={title}")[0] == 0
    assert home(tmp_path) == before


def test_a_field_beside_is_set_and_the_escape_stays(docsync: Run, tmp_path: Path) -> None:
    assert docsync("set", "H2", "status=in_progress")[0] == 0
    assert home(tmp_path).splitlines()[-1].startswith("| H2 | `a \\| b` | in progress |")


def test_a_new_row_is_what_was_said(docsync: Run, tmp_path: Path) -> None:
    code, out = docsync("new", "hole", "--title", "p | q")
    assert (code, "H3 p | q is a hole now" in out) == (0, True)
    assert "| H3 | p \\| q |" in home(tmp_path)


def test_pull_undoes_an_escape_once(docsync: Run, tmp_path: Path) -> None:
    (tmp_path / "holes.md").write_text(HOLES + REGION)
    assert docsync("regenerate")[0] == 0
    before = home(tmp_path)
    head, mark, body = before.partition("docsync:begin")
    (tmp_path / "holes.md").write_text(head + mark + body.replace("tide \\| swell", "tide \\| foam"))
    code, out = docsync("pull", "--write")
    assert (code, "tide | swell → tide | foam" in out) == (0, True)
    assert home(tmp_path).count("tide \\| foam") == 2
    assert home(tmp_path) == before.replace("swell", "foam").replace("tide \\| foam  ", "tide \\| foam   ")
    assert docsync("check")[0] == 0


def test_an_export_comes_back_as_it_went(docsync: Run, tmp_path: Path) -> None:
    assert docsync("export", "--format", "jsonl", "-o", "a.jsonl")[0] == 0
    assert [json.loads(line)["title"] for line in (tmp_path / "a.jsonl").read_text().splitlines()] == [
        "tide | swell",
        "`a | b`",
    ]
    (tmp_path / "holes.md").write_text(HOLES.replace("swell", "foam").replace("| H2 | `a \\| b` | ready | |\n", ""))
    assert docsync("import", "--kind", "hole", "a.jsonl")[0] == 0
    assert "| H1 | tide \\| swell |" in home(tmp_path)
    assert "| H2 | `a \\| b` |" in home(tmp_path)
    assert docsync("export", "--format", "jsonl", "-o", "b.jsonl")[0] == 0
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


def test_a_rule_finds_its_place_behind_an_escape(docsync: Run, tmp_path: Path) -> None:
    row = "| H3 | Depth | resolved | the chart \\| `12ab34cd` |\n"
    (tmp_path / "holes.md").write_text(HOLES + row)
    git(tmp_path, "init", "--quiet")
    _, out = docsync("check")
    assert f"holes.md:11:{row.index('12ab') + 1}: warning DS508" in out


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
