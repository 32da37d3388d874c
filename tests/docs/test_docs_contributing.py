"""The worked pages of CONTRIBUTING.md work: each is carried out in a copy of the tree, with the tests that hold it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^(`{3,})(?:python|markdown|jinja) (\S+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
RULES = (ROOT / "src/docsync/validator/rules/__init__.py").read_text(encoding="utf-8")
LAST_OF_DS4 = re.findall(r"^    .*# DS4\d\d\n", RULES, re.MULTILINE)[-1]
FILES = {found[2]: found[3] for found in FENCE.finditer(PAGE)}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("src", "templates", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def write(tree: Path, *names: str) -> None:
    for name in names:
        (tree / name).write_text(FILES[name], encoding="utf-8")


def register(tree: Path, registry: str, *lines: tuple[str, str]) -> None:
    """Put each line after the one that it follows."""
    path = tree / registry
    text = path.read_text(encoding="utf-8")
    for after, line in lines:
        assert after in text, f"{after!r} is not in {registry}"
        text = text.replace(after, after + line, 1)
    path.write_text(text, encoding="utf-8")


def passes(tree: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "XDG_CACHE_HOME": str(tree / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=tree,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


def test_add_a_rule(tree: Path) -> None:
    write(tree, "src/docsync/validator/rules/session_without_next.py", "tests/cases/DS490.md")
    tests = ("tests/validator/test_validator_registry.py", "tests/validator/test_validator_cases.py")
    assert passes(tree, *tests).returncode == 1, "a rule that is not registered is noticed"
    line = '    "session_without_next",  # DS490\n'
    register(tree, "src/docsync/validator/rules/__init__.py", (LAST_OF_DS4, line))
    done = passes(tree, *tests)
    assert done.returncode == 0, done.stdout
    (tree / "tests/cases/DS490.md").write_text(FILES["tests/cases/DS490.md"].replace("## bad", "## good"), encoding="utf-8")
    assert passes(tree, *tests).returncode == 1, "the case would fail if the rule were wrong"


def test_add_a_view(tree: Path) -> None:
    write(tree, "templates/waiting-list.md.j2")
    tests = ("tests/generator/test_generator_golden.py",)
    assert passes(tree, *tests).returncode == 1, "a view without its golden body is noticed"
    first = 'view="waiting-list"'
    (tree / "tests/generator/golden/waiting-list.md").write_text(f"{first}\n", encoding="utf-8")
    told = passes(tree, *tests, "-vv").stdout
    shown = re.findall(r"^E +[-+] (- \S+ waits for .*)$", told, re.MULTILINE)
    assert shown, told
    body = "\n".join((first, "", *shown, "", ""))
    (tree / "tests/generator/golden/waiting-list.md").write_text(body, encoding="utf-8")
    done = passes(tree, *tests)
    assert done.returncode == 0, done.stdout


def test_add_a_kind(tree: Path) -> None:
    write(tree, "src/docsync/models/kinds/risk.py", "tests/kinds/risk.md")
    tests = ("tests/kinds",)
    assert passes(tree, *tests).returncode == 1, "a case file without its kind is noticed"
    register(
        tree,
        "src/docsync/models/kinds/registry.py",
        ("from docsync.models.kinds.propagation import Propagation\n", "from docsync.models.kinds.risk import Risk\n"),
        ("    Propagation,\n", "    Risk,\n"),
    )
    done = passes(tree, *tests, "tests/models")
    assert done.returncode == 0, done.stdout


def test_every_worked_file_is_used() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert FILES
    assert all(name in source for name in FILES)
