"""The manual of sessions is one day of work on the sample repository, run here command by command."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from docsync.cli.main import run
from trees import commit

_ROOT = Path(__file__).parents[2]
_MANUAL = (_ROOT / "docs" / "sessions.md").read_text(encoding="utf-8")
_EXAMPLES = re.findall(r"^```console\n\$ (docsync .*)\n((?:.*\n)*?)```$", _MANUAL, re.MULTILINE)
_QUOTED = re.findall(r"^```markdown\n((?:.*\n)*?)```$", _MANUAL, re.MULTILINE)
_COMMIT = re.compile(r"commit [0-9a-f]{8}")


def test_the_manual_is_a_day_of_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "sample"
    shutil.copytree(_ROOT / "sample_repo", root)
    monkeypatch.chdir(root)
    commit(root)
    assert len(_EXAMPLES) == _MANUAL.count("```console") > 9
    for line, printed in _EXAMPLES:
        capsys.readouterr()
        run(shlex.split(line)[1:])
        told = capsys.readouterr()
        assert _COMMIT.sub("commit", told.out + told.err) == _COMMIT.sub("commit", printed), line
    texts = [_COMMIT.sub("commit", path.read_text(encoding="utf-8")) for path in root.rglob("*.md")]
    assert len(_QUOTED) == 2
    for quoted in _QUOTED:
        assert any(_COMMIT.sub("commit", quoted) in text for text in texts), quoted
