"""The built wheel works in an empty environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the bin folder of an environment that holds the wheel, and sees its dependencies but not the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True
    ).stdout.strip()
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Path files of a folder that a path file names are not read: the editable install of the checkout stays unseen.
    dependencies = "import sysconfig; print(sysconfig.get_path('purelib')); print(sysconfig.get_path('platlib'))"
    names = subprocess.run([sys.executable, "-c", dependencies], capture_output=True, text=True, check=True).stdout
    (Path(where) / "dependencies.pth").write_text(names, encoding="utf-8")
    return folder / "bin"


def test_the_wheel_holds_the_package_and_its_views(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wheel.name.startswith("docsync_md-")
    templates = ROOT / "templates"
    shipped = {f"docsync/templates/{path.relative_to(templates).as_posix()}" for path in templates.rglob("*.j2")}
    assert {"docsync/templates/metrics.md.j2", "docsync/templates/scaffolds/handover.md.j2"} <= shipped
    assert shipped <= names
    assert "docsync/py.typed" in names
    assert all(name.startswith(("docsync/", "docsync_md-")) for name in names)


def test_the_command_works_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    page = (
        '---\nrecords: hole\n---\n\n## H1: Anchor\n\n- **Status**: Resolved\n\n<!-- docsync:begin all view="hole-status" -->\n'
    )
    (tmp_path / "plan.md").write_text(page + "<!-- docsync:end all -->\n", encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(installed / "docsync"), *arguments],
            cwd=tmp_path,
            env=environment,
            text=True,
            encoding="utf-8",
            capture_output=True,
            check=False,
        )

    assert "templates" not in run("--version").stderr
    assert run("regenerate", "--root", ".").stdout == "plan.md: 1 region (all)\nRewrote 1 file.\n"
    assert "✅ resolved" in (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert run("new", "hole", "--title", "Chain", "--root", ".").returncode == 0
    assert "## H2: Chain\n" in (tmp_path / "plan.md").read_text(encoding="utf-8")
    done = run("check", "--root", ".")
    assert (done.returncode, done.stderr) == (0, "")
    where = subprocess.run(
        [str(installed / "python"), "-I", "-c", "import docsync; print(docsync.__file__)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(installed.parent) in where
