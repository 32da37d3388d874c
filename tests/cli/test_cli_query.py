from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from docsync.cli.main import run
from trees import plant

HOLES = """---
records: hole
---

# Holes

## H1: Weir | sluice

- **Status**: Resolved

## H2: =cmd()

- **Status**: Pending
- **Blocked by**: H1, H9
"""
GOLDEN = Path(__file__).parents[1] / "golden" / "query-schema.txt"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path, {".git/": "", "HOLES.md": HOLES})


def asked(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["query", *arguments]) == code
    output = capsys.readouterr()
    return output.err if code else output.out


def test_a_statement_is_answered_in_every_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    statement = "select id, title, blocked_by, line from holes"
    for _ in range(2):  # the second time from what is remembered
        assert asked(capsys, statement) == (
            "id  title          blocked_by  line\n"
            "H1  Weir | sluice                 7\n"
            "H2  =cmd()         H1, H9        11\n"
        )  # fmt: skip
    rows = [
        {"id": "H1", "title": "Weir | sluice", "blocked_by": [], "line": 7},
        {"id": "H2", "title": "=cmd()", "blocked_by": ["H1", "H9"], "line": 11},
    ]
    assert json.loads(asked(capsys, statement, "--json")) == rows
    assert json.loads(asked(capsys, statement, "--format", "json", "--no-cache")) == rows
    assert list(csv.reader(io.StringIO(asked(capsys, statement, "--format", "csv")))) == [
        ["id", "title", "blocked_by", "line"],
        ["H1", "Weir | sluice", "", "7"],
        ["H2", "=cmd()", "H1, H9", "11"],
    ]
    assert asked(capsys, statement, "--format", "markdown") == (
        "| id  | title          | blocked_by | line |\n"
        "| --- | -------------- | ---------- | ---: |\n"
        "| H1  | Weir \\| sluice | —          |    7 |\n"
        "| H2  | =cmd()         | H1, H9     |   11 |\n"
    )


def test_json_holds_nothing_in_place_of_infinity(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    statement = "select 1e999 as a, -1e999 as b, '[1e999, NaN]' as blocked_by, 1.5 as c from holes limit 1"
    found = asked(capsys, statement, "--json")
    assert json.loads(found, parse_constant=pytest.fail) == [{"a": None, "b": None, "blocked_by": "[1e999, NaN]", "c": 1.5}]
    assert asked(capsys, statement, "--format", "csv").splitlines()[1] == ',,"[1e999, NaN]",1.5'


def test_a_statement_comes_from_standard_input(here: Path) -> None:
    command = [sys.executable, "-m", "docsync", "query", "-", "--root", str(here)]
    done = subprocess.run(
        command, input=b"\xef\xbb\xbfselect id -- all\nfrom holes;\n", capture_output=True, check=False, cwd="/"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"id\nH1\nH2\n", b"")


def test_findings_are_asked_for_only_by_name(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(here, {"STATE.md": "# State\n\n**Holes**: 2/2 resolved\n\n**Tests**: 3/4 (50%)\n"})
    statement = "select code, severity, fix, known, path, line, [column] from diagnostics order by path, line"
    found = asked(capsys, statement, "--format", "csv").splitlines()
    assert found[1:] == [
        "DS501,error,,0,HOLES.md,14,23",
        "DS201,error,safe,0,STATE.md,3,12",
        "DS202,error,unsafe,0,STATE.md,5,12",
    ]
    assert run(["baseline"]) == 0
    statement = "select count(*), sum(known) from diagnostics where code = 'DS202'"
    assert asked(capsys, statement, "--format", "csv").splitlines()[1] == "1,1"
    monkeypatch.setattr("docsync.engine.check", None)
    assert asked(capsys, "select count(*) from holes", "--format", "csv").splitlines()[1] == "2"


def test_the_schema_names_every_column(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    found = asked(capsys, "--schema")
    if os.environ.get("DOCSYNC_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")
    assert asked(capsys, "--schema", "needs") == asked(capsys, "needs", "--schema")
    assert json.loads(asked(capsys, "--schema", "needs", "--json"))[1]["column"] == "source"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["delete from holes"], "docsync: a query begins with select, with or values, and this one with delete\n"),
        (["attach 'x.db' as x"], "docsync: a query begins with select, with or values, and this one with attach\n"),
        (["with x as (select 1) delete from holes"], "docsync: a query only reads; it cannot delete rows\n"),
        (["select load_extension('x')"], "docsync: a query cannot call load_extension(); docs/query.md lists the functions\n"),
        (["select 1; select 2"], "docsync: a query is one statement; leave out what follows the `;`\n"),
        (["select id from hole"], "docsync: there is no table hole; did you mean holes?\n"),
        (["select stats from holes"], "docsync: there is no column stats of holes; did you mean status?\n"),
        (["select \x1b[31m from holes"], "docsync: the query cannot be read at \\x1b\n"),
        (["select 'a\nb"], "docsync: the query cannot be read at 'a b\n"),
        (["--schema", "hole"], "docsync: there is no table hole; did you mean holes?\n"),
        (["select 1", "--root", "nowhere"], "Directory 'nowhere' does not exist"),
        ([], "Error: write a statement, such as 'select id, status from holes', or --schema\n"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    before = sorted(here.rglob("*"))
    told = asked(capsys, *arguments, code=2)
    assert said in told
    assert told == said or "Usage" in told
    assert sorted(here.rglob("*")) == before


def test_findings_in_a_broken_project_are_told_as_everywhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"docsync.toml": "include = 3\n"})
    assert "docsync.toml:1: include:" in asked(capsys, "select 1", code=2)


def test_a_project_without_records_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(tmp_path, {".git/": "", "README.md": "# Nothing\n"})
    assert run(["query", "--root", str(tmp_path), "select count(*) from records"]) == 0
    output = capsys.readouterr()
    assert output.out == "count(*)\n       0\n"
    assert output.err.startswith("docsync: ")


def test_a_question_loads_no_more_than_it_needs(here: Path) -> None:
    statement = "select id, holes.percent, ready, waits_for from holes, needs, mentions, claims"
    script = (
        "import sys; from docsync.cli.main import run; code = run(sys.argv[1:]); "
        "loaded = [name for name in ('pydantic', 'jinja2', 'markdown_it', 'yaml') if name in sys.modules]; "
        "print(code, loaded, file=sys.stderr)"
    )
    for wanted in (None, "0 []\n"):
        command = [sys.executable, "-c", script, "query", statement]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=here)
        assert wanted in (None, done.stderr)


def test_sqlite_is_left_as_it_was(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    asked(capsys, "select 1")
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t as select randomblob(5) as a")
    assert len(connection.execute("select a from t").fetchone()[0]) == 5
    connection.close()


def test_plain_text_cuts_long_cells_and_says_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    long = f"select '{'a' * 90}' as word, id from holes order by id limit 1"
    assert run(["query", long]) == 0
    output = capsys.readouterr()
    assert output.out.split("\n")[1] == f"{'a' * 59}…  H1"
    assert output.err == "docsync: 1 cell cut at 60 signs; --format csv, json and markdown give all\n"
    for form in ("csv", "json", "markdown"):
        assert run(["query", long, "--format", form]) == 0
        output = capsys.readouterr()
        assert "a" * 90 in output.out
        assert output.err == ""
