from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsync.cli.main import run
from trees import plant

SHARE = "# Ferry\n\n**Stops mapped**: 7/19 (26.3%)\n"
TWO = f"{SHARE}\n## Later\n\n**Berths painted**: 3/4 (50%)\n"
STALE = "# A\n\n**Last Updated**: 2024-01-01\n\n**Completed**: 2024-02-01\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project with two errors and a warning."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path, {".git/": "", "a.md": TWO, "quay/b.md": STALE})


def codes(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 1) -> list[str]:
    capsys.readouterr()
    assert run(["check", "--output-format", "json", *arguments]) == code
    return [found["code"] for found in json.loads(capsys.readouterr().out)["diagnostics"]]


def test_rules_are_selected_and_ignored(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    assert codes(capsys) == ["DS202", "DS202", "DS410"]
    for _ in range(2):  # the second time from what is remembered
        assert codes(capsys, "--select", "DS4") == ["DS410"]
        assert codes(capsys, "--select", "last-updated-stale,DS202") == ["DS202", "DS202", "DS410"]
        assert codes(capsys, "--ignore", "DS2") == ["DS410"]
        assert codes(capsys, "--ignore", "DS202", "--ignore", "DS410", code=0) == []
        assert codes(capsys, "--select", "DS2,DS4", "--ignore", "DS202") == ["DS410"]
        assert codes(capsys) == ["DS202", "DS202", "DS410"]


def test_the_command_line_adds_to_what_the_project_ignores_or_takes_its_place(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, {"docsync.toml": "[rules]\nignore = ['DS202']\n"})
    assert codes(capsys) == ["DS410"]
    assert codes(capsys, "--ignore", "DS410", code=0) == []
    assert codes(capsys, "--select", "DS2") == ["DS202", "DS202"]
    plant(here, {"docsync.toml": "[rules]\nselect = ['DS4']\n"})
    assert codes(capsys) == ["DS410"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "DS4100"], "docsync: --select: no rule is called DS4100; did you mean DS410?"),
        (
            ["--ignore", "last-updated-stal"],
            "docsync: --ignore: no rule is called last-updated-stal; did you mean last-updated-stale?",
        ),
        (["--ignore", "F401"], "docsync: --ignore: no rule is called F401; `docsync rules` lists them"),
        (["--statistics", "--output-format", "sarif"], "--statistics is for text and json"),
    ],
)
def test_what_there_is_not_is_told(here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    del here
    assert run(["check", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("name", "table"), [("docsync.toml", ""), ("pyproject.toml", "tool.docsync.")])
def test_names_in_the_configuration_that_no_rule_has_are_told(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, table: str
) -> None:
    rules = f"[{table}rules]\nselect = ['DS2', 'ALL']\nignore = ['counts-disagre']\n"
    severities = f"[{table}rules.severity]\nDS999 = 'info'\n"
    override = f"[[{table}overrides]]\npath = 'quay/'\nignore = ['DS88']\nseverity = {{ mojibak = 'info' }}\n"
    plant(here, {name: rules + severities + override})
    assert run(["check"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"docsync: {name}:3: {table}rules.ignore: no rule is called counts-disagre; did you mean counts-disagree?",
        f"docsync: {name}:5: {table}rules.severity.DS999: no rule is called DS999; `docsync rules` lists them",
        f"docsync: {name}:8: {table}overrides[1].ignore: no rule is called DS88; `docsync rules` lists them",
        f"docsync: {name}:9: {table}overrides[1].severity.mojibak: no rule is called mojibak; did you mean mojibake?",
    ]


def test_rules_are_overridden_for_paths(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"docsync.toml": "[[overrides]]\npath = 'quay/'\nignore = ['DS4']\n"})
    assert codes(capsys) == ["DS202", "DS202"]
    plant(here, {"docsync.toml": "[[overrides]]\npath = '*.md'\nseverity = { DS202 = 'info' }\n"})
    assert codes(capsys) == ["DS202", "DS202", "DS410"]
    assert codes(capsys, "--fail-on", "error", code=0) == ["DS202", "DS202", "DS410"]
    later = "[[overrides]]\npath = 'a.md'\nseverity = { percent-disagrees-with-fraction = 'error' }\n"
    plant(here, {"docsync.toml": (here / "docsync.toml").read_text() + later})
    assert codes(capsys, "--fail-on", "error") == ["DS202", "DS202", "DS410"]
    plant(here, {"docsync.toml": "[[overrides]]\npath = 'quay/'\nignore = ['ALL']\n"})
    assert codes(capsys, "quay", code=0) == []


def test_a_baseline_is_not_stale_for_rules_that_were_not_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    assert run(["baseline"]) == 0
    assert codes(capsys, code=0) == []
    assert codes(capsys, "--select", "DS4,DS9", code=0) == []
    assert codes(capsys, "--ignore", "DS2", code=0) == []


def test_findings_need_not_fail(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--exit-zero"]) == 0
    assert "Found 2 errors and 1 warning." in capsys.readouterr().out
    plant(here, {"latin.md": b"\xe9"})
    assert run(["check", "--exit-zero", "latin.md"]) == 2, "the job could not be done"


def test_findings_are_counted_by_rule(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"c.md": SHARE.replace("7/19", "8/19")})
    assert run(["check", "--statistics"]) == 1
    assert capsys.readouterr().out.startswith(
        "3  DS202 percent-disagrees-with-fraction  error    in 2 files, 3 with a fix\n"
        "1  DS410 last-updated-stale               warning  in 1 file, 1 with a fix\n\nFound 3 errors and 1 warning.\n"
    )
    assert run(["check", "--statistics", "--output-format", "json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "code": "DS202",
        "rule": "percent-disagrees-with-fraction",
        "severity": "error",
        "count": 3,
        "files": 2,
        "fixable": 3,
    }
    assert second["code"] == "DS410"
    assert run(["check", "--statistics", "--select", "DS3"]) == 0
    assert capsys.readouterr().out.startswith("Nothing found that contradicts.\n")


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "junit"])
def test_paths_are_relative_to_the_repository(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["check", "--root", str(here / "quay"), "--output-format", name]) == 1
    output = capsys.readouterr().out
    assert "quay/b.md" in output
    assert run(["check", "--output-format", name, "--select", "DS202"]) == 1
    assert "a.md" in capsys.readouterr().out
