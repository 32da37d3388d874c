from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import jsonschema
import pytest

import docsync
from docsync.cli.main import run
from docsync.cli.table import COMMANDS
from docsync.validator.rules import REGISTRY
from trees import plant


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that succeeds, and give what it prints."""
    assert run(arguments) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, flag) == f"docsync {docsync.__version__}\n"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    output = printed(capsys, "--help")
    assert [name for name in COMMANDS if f"\n  {name} " in output] == list(COMMANDS)
    assert "Exit codes: 0" in output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_begins_as_the_table_says(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = printed(capsys, name, "--help")
    assert output.startswith(f"Usage: docsync {name} ")


def test_no_command_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    captured = capsys.readouterr()
    assert (all(f"  {name} " in captured.out for name in COMMANDS), captured.err) == (True, "")


def test_a_command_that_there_is_not_is_told_with_the_near_miss(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["chekc"]) == 2
    assert capsys.readouterr().err.endswith("there is no command chekc; did you mean check?\n")
    assert run(["--no-such-option"]) == 2
    assert "--no-such-option" in capsys.readouterr().err


@pytest.mark.parametrize("rule", REGISTRY, ids=lambda rule: rule.CODE)
def test_every_rule_is_explained_by_code_and_by_name(rule: object, capsys: pytest.CaptureFixture[str]) -> None:
    code, name = rule.CODE, rule.NAME  # type: ignore[attr-defined]  # a rule module
    page = printed(capsys, "explain", code.lower())
    assert page.startswith(f"# {code} {name}\n\n")
    assert "## What it does" in page
    assert printed(capsys, "explain", name) == page


@pytest.mark.parametrize(
    ("asked", "near"),
    [("DS2033", "did you mean DS203?"), ("stale-regoin", "did you mean stale-region?"), ("zzz", "docsync rules")],
)
def test_an_unknown_rule_is_told_with_the_near_miss(asked: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", asked]) == 2
    assert near in capsys.readouterr().err


def test_the_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(printed(capsys, "rules", "--output-format", "json"))
    assert [row["code"] for row in rows] == sorted(rule.CODE for rule in REGISTRY)
    assert {row["code"] for row in rows if row["kept"]} == {rule.CODE for rule in REGISTRY if rule.KEEPS}
    lines = printed(capsys, "rules").splitlines()
    for row, line in zip(rows, lines, strict=False):
        assert line.startswith(f"{row['code']}{'*' if row['kept'] else ' '} {row['name']} ")
        assert line.endswith(row["summary"])


def test_the_views_are_listed_with_the_projects_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manual = (
        "{# Shows it all.\n\nkind: what to show (required)\nsort: by what (default: id)\n\n"
        'Example:\n<!-- docsync:begin x view="own" kind="hole" -->\n#}\n'
    )
    plant(here, {"docsync.toml": 'templates = "views"\n', "views/own.md.j2": manual})
    assert printed(capsys, "views", "own").splitlines() == [
        "own (of this project)",
        "  Shows it all.",
        "  kind: what to show (required)",
        "  sort: by what (default: id)",
        '    <!-- docsync:begin x view="own" kind="hole" -->',
    ]
    everything = printed(capsys, "views")
    assert "\nstatus-table (built in)\n" in everything
    assert "own (of this project)\n" in everything
    assert run(["views", "status-tabel"]) == 2
    assert "did you mean status-table?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["config", "report", "hole", "metric"])
def test_the_schemas_are_schemas(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(printed(capsys, "schema", name)))


def test_a_kind_of_the_project_has_a_schema(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(
        here, {"docsync.toml": '[kinds.buoy]\nplural = "buoys"\nid = "B[0-9]+"\n[kinds.buoy.fields.depth]\ntype = "number"\n'}
    )
    assert "depth" in json.loads(printed(capsys, "schema", "buoy"))["properties"]
    assert run(["schema", "buoi"]) == 2
    assert "did you mean buoy?" in capsys.readouterr().err


def test_a_configuration_is_begun_but_never_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "init").startswith("Wrote docsync.toml.")
    written = (here / "docsync.toml").read_text()
    tomllib.loads(written)
    assert "#include" in written
    assert {path.name for path in here.iterdir()} == {"docsync.toml"}
    plant(here, {"docsync.toml": "mine"})
    assert run(["init"]) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert (here / "docsync.toml").read_text() == "mine"


def test_a_configuration_is_begun_at_the_root(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, {".git/": "", "docs/deep/": ""})
    monkeypatch.chdir(here / "docs/deep")
    assert printed(capsys, "init").startswith("Wrote ../../docsync.toml.")
    assert (here / "docsync.toml").exists()


def test_a_configuration_is_not_begun_beside_another(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"pyproject.toml": "[tool.docsync]\n"})
    assert run(["init"]) == 2
    assert "pyproject.toml" in capsys.readouterr().err
    assert not (here / "docsync.toml").exists()


def test_a_configuration_is_not_begun_through_a_link(here: Path) -> None:
    (here / "docsync.toml").symlink_to("elsewhere.toml")
    assert run(["init"]) == 2
    assert not (here / "elsewhere.toml").exists()


def test_a_configuration_that_cannot_be_written_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--root", "/proc/self"]) == 2
    assert "could not be written" in capsys.readouterr().err
    assert here.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    script = printed(capsys, "completion", shell)
    assert "_DOCSYNC_COMPLETE" in script
    if found := shutil.which(shell):
        subprocess.run([found, "-n", "-c" if shell == "fish" else "/dev/stdin"], input=script, text=True, check=True)


def test_no_other_shell_gets_one() -> None:
    assert run(["completion", "cmd"]) == 2
