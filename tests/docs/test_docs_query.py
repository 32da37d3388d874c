"""The manual of queries shows what docsync prints for the sample repository."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from docsync.cli.main import run

_ROOT = Path(__file__).parents[2]
_MANUAL = (_ROOT / "docs" / "query.md").read_text(encoding="utf-8")
_EXAMPLES = re.findall(r"^```console\n\$ (docsync query .*)\n((?:.*\n)*?)```$", _MANUAL, re.MULTILINE)
_REGION = re.compile(r'^<!-- docsync:begin \S+ query="(.*)" -->\n\n((?:\|.*\n)+)', re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(_EXAMPLES) > 5
    assert _MANUAL.count("```console") == len(_EXAMPLES)


@pytest.mark.parametrize(("line", "printed"), _EXAMPLES)
def test_the_manual_shows_what_is_printed(
    line: str, printed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_ROOT / "sample_repo")
    code = run(shlex.split(line)[1:])
    output = capsys.readouterr()
    assert output.out + output.err == printed
    assert code == (2 if printed.startswith("docsync: ") else 0)


def test_the_region_of_the_manual_holds_what_the_query_gives(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_ROOT / "sample_repo")
    ((statement, table),) = _REGION.findall(_MANUAL)
    assert run(["query", "--format", "markdown", statement]) == 0
    assert capsys.readouterr().out == table
