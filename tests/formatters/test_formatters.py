"""Formatters and docsync leave each other's work alone. `make tools` installs the formatters."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from formatting import SAMPLE, TOOLS, run

from docsync.config.loading import load_config
from docsync.generator.catalogue import list_views
from docsync.text.edits import unified_diff

FORMATTERS: dict[str, tuple[str, ...]] = {
    "prettier": (str(TOOLS / "node_modules/.bin/prettier"), "--log-level", "warn", "--write", "planning/**/*.md"),
    "prettier, wrapping": (
        *(str(TOOLS / "node_modules/.bin/prettier"), "--log-level", "warn", "--prose-wrap", "always"),
        *("--print-width", "80", "--write", "planning/**/*.md"),
    ),
    "mdformat": (str(TOOLS / "python/bin/mdformat"), "planning"),
    "mdformat, wrapping": (str(TOOLS / "python/bin/mdformat"), "--wrap", "80", "planning"),
    "markdownlint": (str(TOOLS / "node_modules/.bin/markdownlint-cli2"), "--fix", "planning/**/*.md"),
}

NESTED = """\
# Everything that can be shown

- In an item:

  <!-- docsync:begin in-item view="hole-status" kind="hole" -->
  <!-- docsync:end in-item -->

  - And further in:

    <!-- docsync:begin further-in view="hole-status" kind="hole" -->
    <!-- docsync:end further-in -->

> Quoted:
>
> <!-- docsync:begin quoted view="hole-status" kind="hole" -->
>
> <!-- docsync:end quoted -->

<!-- docsync:claim holes.resolved/holes.total -->

A paragraph that is long enough to be wrapped says that 0/19 holes are resolved (0%) and that nobody is surprised by it.
"""


def everything() -> str:
    """Give a page with each built-in view as its manual shows it, and with regions and bound numbers in odd places."""
    found = [re.search(r'view="[^\n]*(?= -->)', view.example) for view in list_views(load_config(str(SAMPLE)), str(SAMPLE))]
    markers = [f"<!-- docsync:begin v{at} {each[0]} -->\n<!-- docsync:end v{at} -->\n" for at, each in enumerate(found) if each]
    assert len(markers) >= 12
    return "\n".join((NESTED, *markers))


@pytest.fixture(scope="module")
def formed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a sample with all views, regenerated and then put into a formatter's form; made once for each."""
    made: dict[str, Path] = {}

    def form(name: str) -> Path:
        if name not in made:
            folder = made[name] = tmp_path_factory.mktemp("formatted") / "sample"
            shutil.copytree(SAMPLE, folder)
            (folder / "planning/EVERYTHING.md").write_text(everything(), encoding="utf-8")
            assert run(folder, "docsync", "regenerate").code == 0
            apply(name, folder)
        return made[name]

    return form


def apply(name: str, folder: Path) -> None:
    """Let a formatter loose on a sample; what markdownlint finds and cannot mend is no concern of ours."""
    done = run(folder, *FORMATTERS[name])
    assert done.code in ((0, 1) if name == "markdownlint" else (0,)), done.said


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))}


def wanted(name: str) -> str:
    """Give the formatter's name where it is installed, or skip the test."""
    if not Path(FORMATTERS[name][0]).exists():
        pytest.skip(f"{name.split(',', maxsplit=1)[0]} is not in .tools/; `make tools` installs it")
    return name


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_nothing_is_stale_after_formatting(formed: Callable[[str], Path], formatter: str) -> None:
    folder = formed(wanted(formatter))
    assert run(folder, "docsync", "regenerate", "--check").said == "Nothing to rewrite.\n"
    found = run(folder, "docsync", "check")
    assert found.code == 0, found.said


@pytest.mark.parametrize("formatter", [name for name in FORMATTERS if "wrapping" not in name])
def test_nothing_needs_formatting_after_regenerating(formed: Callable[[str], Path], formatter: str, tmp_path: Path) -> None:
    """Where lines are wrapped, generated sentences are wrapped by the formatter alone; they are not stale for that."""
    folder = tmp_path / "sample"
    shutil.copytree(formed(wanted(formatter)), folder)
    for path in (folder / "planning/holes").glob("H0*.md"):
        text = path.read_text(encoding="utf-8")
        text = re.sub("^title: .*$", 'title: "A | much longer title, with `code`, for all"', text, flags=re.MULTILINE)
        path.write_text(re.sub(r"^status: \w+$", "status: pending", text, flags=re.MULTILINE), encoding="utf-8")
    apply(formatter, folder)
    before = texts(folder)
    assert run(folder, "docsync", "regenerate").code == 0
    regenerated = texts(folder)
    assert {"planning/EVERYTHING.md", "planning/STATE.md"} <= {name for name in before if before[name] != regenerated[name]}
    apply(formatter, folder)
    after = texts(folder)
    assert "".join(unified_diff(name, regenerated[name], after[name]) for name in after) == ""


def test_mdformat_without_its_plugin_destroys_front_matter(tmp_path: Path) -> None:
    """What the README warns of: should mdformat learn it, the warning can go."""
    program = TOOLS / "python/bin/mdformat"
    if not program.exists():
        pytest.skip("mdformat is not in .tools/; `make tools` installs it")
    (tmp_path / "a.md").write_text("---\nid: H1\n---\n\n# H1\n", encoding="utf-8")
    assert run(tmp_path, str(program), "--extensions", "gfm", "a.md").code == 0
    assert not (tmp_path / "a.md").read_text(encoding="utf-8").startswith("---\nid: H1\n---\n")
