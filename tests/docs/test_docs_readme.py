"""Every command block of the README does what it says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str, str]]:
    return [(found[1], found[2] or "", found[3]) for found in FENCE.finditer(README)]


def sessions(block: str) -> list[tuple[str, str]]:
    """Split a console block into commands, each with the output shown below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert parts[0] == "", "a console block begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def shown(expected: str) -> re.Pattern[str]:
    """Make a pattern of the output shown: `...` stands for whatever is left out."""
    pattern = re.escape(expected).replace(re.escape("...\n"), r"(?:.*\n)*").replace(re.escape("..."), r".*")
    return re.compile(pattern)


def run(command: str, folder: Path) -> str:
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "NO_COLOR": "1",
        **{f"GIT_{role}_{what}": "me@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def test_console_blocks_show_what_happens(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    status = 0
    ran = 0
    for language, name, text in blocks():
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        if language != "console":
            continue
        for command, expected in sessions(text):
            script = command.replace("echo $?", f"echo {status}")
            output = run(f"{script}\necho docsync-exit:$?", folder)
            output, _, code = output.rpartition("docsync-exit:")
            status = int(code)
            assert shown(expected).fullmatch(output), f"$ {command}\n{output}"
            ran += 1
    assert ran >= 10


def test_every_fence_is_accounted_for() -> None:
    known = {"markdown", "console", "sh", "yaml", "toml", "text"}  # text is what a watching docsync shows, tried in tests/cli
    assert {language for language, _, _ in blocks()} <= known
    assert README.count("```") == 2 * len(blocks())


@pytest.mark.parametrize("line", [line for language, _, text in blocks() if language == "sh" for line in text.splitlines()])
def test_shell_blocks_name_what_the_checkout_has(line: str) -> None:
    """Installing is tested from a wheel elsewhere; here, that the target and the package are there."""
    if line.startswith("make "):
        done = subprocess.run(["make", "-n", *line.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    else:
        assert line == "python3 -m pip install ."
        assert 'name = "docsync-md"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_suggests_the_other_package() -> None:
    pages = [README, *(path.read_text(encoding="utf-8") for path in ROOT.glob("*.md"))]
    assert not any(re.search(r"pip(?:x)? install docsync\b(?!-md)", page) for page in pages)


def test_the_hook_of_the_readme_is_valid() -> None:
    import yaml  # noqa: PLC0415 - only this test reads YAML

    (hook,) = (text for language, _, text in blocks() if text.startswith("# .pre-commit-config.yaml"))
    entry = yaml.safe_load(hook)["repos"][0]["hooks"][0]["entry"]
    assert entry == "docsync check"


@pytest.mark.parametrize("name", [".github/workflows/plan.yml", ".gitlab-ci.yml"])
def test_the_pipelines_of_the_readme_ask_for_what_there_is(name: str, tmp_path: Path) -> None:
    import yaml  # noqa: PLC0415 - only tests of examples read YAML

    (text,) = (text for language, _, text in blocks() if language == "yaml" and text.startswith(f"# {name}\n"))
    plan = yaml.safe_load(text)
    job = plan["jobs"]["plan"] if "jobs" in plan else plan["plan"]
    lines = [step["run"] for step in job["steps"] if "run" in step] if "steps" in job else job["script"]
    install, *commands = lines
    assert install == "python3 -m pip install tools/docsync_md-*.whl", "the name of the wheel that is tested elsewhere"
    (tmp_path / "a.md").write_text("# A\n\n**Lamps lit**: 3/4 (75%)\n", encoding="utf-8")
    run("git init -q && git add . && git commit -qm x && touch b.md && git add . && git commit -qm y", tmp_path)
    for command in commands:
        assert command.startswith("docsync ")
        assert "docsync:" not in run(f"set -e; {command}; echo done", tmp_path)
    written = {command.split(" > ")[1] for command in commands if " > " in command}
    assert written
    assert all((tmp_path / file).stat().st_size for file in written)
    kept = str(job.get("artifacts", job.get("steps")))
    assert all(f"'{file}'" in kept for file in written)
