from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docsync.config.errors import ConfigError
from docsync.engine import Request, check
from docsync.engine.holding_back import take_baseline
from docsync.engine.known import without_known
from docsync.engine.session import Session
from docsync.models.diagnostics import Report
from trees import plant

SAMPLE = Path(__file__).parents[2] / "sample_repo"
WORDS = ("resolved", "pending", "blocked", "in progress", "landed")
LINES = (
    "**Progress**: {n}/19 holes resolved ({n}%)\n",
    "\n## Phase {n}: Timetable ✅ COMPLETE\n\n**Status**: in progress\n",
    "\n| Area | Stops |\n| --- | --- |\n| North | {n} |\n| South | 3 |\n| **Total** | **7** |\n",
    "\nH{n}: ReadingIngest waits for H1, and H9{n} for nobody (see [it](planning/holes/H0{n}.md)).\n",
    '\n<!-- docsync:begin extra{n} view="own" -->\n\nold\n\n<!-- docsync:end extra{n} -->\n',
    "\n<!-- docsync:ignore DS301 DS106 -->\n\n- **H{n}: ReadingIngest**: ✅ complete\n",
    "\n<!-- docsync:claim holes.resolved/holes.total -->\n\nOf the holes, {n}/19 are resolved.\n",
    '\n<!-- docsync:begin asked{n} query="select id, status, line, ready from records" -->\n\n<!-- docsync:end asked{n} -->\n',
    '\n<!-- docsync:begin of{n} query="select path, title, lines from documents" -->\n\n<!-- docsync:end of{n} -->\n',
    '\n<!-- docsync:begin said{n} query="select entity, line from mentions" empty="-" -->\n\n<!-- docsync:end said{n} -->\n',
    "\n<!-- docsync:ignore DS202 of last week -->\n\n**Progress**: {n}/19 holes resolved (99%)\n",
    "\nSee `src/pump{n}.py`, [it](../../node_modules/part{n}.md#part-{n}), [that](../../src/pump{n}.py), [below](#part-{n}).\n",
    "\nSee [it](H0{n}.md#part-{n}), `planning/holes/H0{n}.txt` and [there](holes/H0{n}.md#criteria).\n\n### Part {n}\n",
)
TEMPLATE = "{{% for phase in phases %}}\n- {{{{ phase.id }}}} {{{{ phase.status }}}} {n}\n{{% endfor %}}\n"


SELECTED = ("DS1", "DS2", "DS301", "DS4", "DS6", "DS901")
CHOICES = ("", "[rules]\nignore = ['DS202']\n", "[[overrides]]\npath = 'planning/holes/**'\nignore = ['DS2', 'DS404']\n")


def full(root: Path, select: tuple[str, ...] = ()) -> Report:
    request = Request(str(root), cache=False, select=select)
    return without_known(check(request), request)


class Tree:
    """Change a copy of the sample as people and programs do, at random; each change tells which paths it touched."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance, self.number = root, chance, 0
        self.touched: set[str] = set()

    def change(self) -> None:
        self.number += 1
        acts: list[Callable[[], None]] = [
            *[self.edit] * 4, *[self.restate] * 4, self.new, self.delete, self.move, self.folder,
            self.configure, self.template, self.ignore, self.same, self.other, *[self.source] * 3,
        ]  # fmt: skip
        self.chance.choice(acts)()

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        here = path
        while here != self.root:
            self.touched.add(here.relative_to(self.root).as_posix())
            here = here.parent

    def document(self) -> Path:
        return self.chance.choice(sorted(self.root.rglob("*.md")))

    def edit(self) -> None:
        path = self.document()
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = self.chance.randint(0, len(lines))
        self.write(path, "".join([*lines[:at], self.chance.choice(LINES).format(n=self.chance.randint(0, 9)), *lines[at:]]))

    def restate(self) -> None:
        path = self.document()
        text = path.read_text(encoding="utf-8")
        self.write(path, text.replace(self.chance.choice(WORDS), self.chance.choice(WORDS), self.chance.randint(1, 3)))

    def new(self) -> None:
        text = self.document().read_text(encoding="utf-8")
        self.write(
            self.root / f"planning/holes/new{self.number}.md", text.replace("id: H", f"id: H{self.chance.randint(0, 3)}")
        )

    def delete(self) -> None:
        path = self.document()
        path.unlink()
        self.touched.add(path.relative_to(self.root).as_posix())

    def move(self) -> None:
        path, target = self.document(), self.root / f"planning/moved{self.number}.md"
        path.rename(target)
        self.touched |= {path.relative_to(self.root).as_posix(), target.relative_to(self.root).as_posix()}

    def folder(self) -> None:
        if self.chance.random() < 0.5:
            self.write(self.root / f"planning/deep{self.number}/er/a.md", self.document().read_text(encoding="utf-8"))
            return
        source = self.chance.choice(sorted(path for path in self.root.rglob("*") if path.is_dir()))
        target = self.root / f"planning/old{self.number}"
        if source.parent != self.root:
            source.rename(target)
            self.touched |= {source.relative_to(self.root).as_posix(), target.relative_to(self.root).as_posix()}

    def configure(self) -> None:
        word, chosen = self.chance.choice(("landed", "beached")), self.chance.choice(CHOICES)
        self.write(
            self.root / "docsync.toml",
            f"include = ['planning/**/*.md']\ntemplates = 'views'\n[status.words]\n{word} = 'resolved'\n\n{chosen}",
        )

    def template(self) -> None:
        self.write(self.root / "views/own.md.j2", TEMPLATE.format(n=self.number))

    def ignore(self) -> None:
        self.write(self.root / "planning/.gitignore", self.chance.choice(("gates/\n", "# none\n", "H0*.md\n")))

    def same(self) -> None:
        path = self.document()
        self.write(path, path.read_text(encoding="utf-8"))

    def other(self) -> None:
        self.write(self.root / f"planning/holes/H0{self.chance.randint(1, 9)}.txt", "no document\n")

    def source(self) -> None:
        """Let a file come or go that documents may name, also one in a folder that is left out of the walk."""
        path = self.root / self.chance.choice(("src/pump{}.py", "node_modules/part{}.md")).format(self.chance.randint(0, 3))
        self.write(path, "one\n")
        if self.chance.random() < 0.4:
            path.unlink()


@pytest.mark.parametrize("seed", range(6))
def test_after_any_change_the_report_is_that_of_a_full_check(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "plan"
    shutil.copytree(SAMPLE, root)
    chance = random.Random(seed)
    tree = Tree(root, chance)
    select = SELECTED if seed % 3 == 0 else ()
    session = Session(Request(str(root), cache=bool(seed % 2), select=select))
    reports = [session.look_everywhere()]
    shutil.copytree(root, tmp_path / "0" / "plan")
    for number in range(1, 13):
        tree.touched.clear()
        for _ in range(chance.choice((1, 1, 1, 3))):
            tree.change()
        reports.append(session.look_at(tree.touched) if chance.random() < 0.8 else session.look_everywhere())
        shutil.copytree(root, tmp_path / str(number) / "plan")
    # Not before: what is kept is kept of the latest project, and a full check in between would have it all worked out anew.
    for number, report in enumerate(reports):
        assert report == full(tmp_path / str(number) / "plan", select)


HOME = "---\nrecords: hole\n---\n\n## H1: Lamp\n\n- **Status**: Pending\n"
STATE = "# State\n\n**Holes**: 0/1 resolved\n"


def test_nothing_changed_gives_the_same_report_without_another_pass(tmp_path: Path) -> None:
    plant(tmp_path, {"HOLES.md": HOME, "STATE.md": STATE})
    session = Session(Request(str(tmp_path)))
    first = session.look_everywhere()
    (tmp_path / "STATE.md").write_text(STATE, encoding="utf-8")
    assert session.look_at(["STATE.md", "nowhere.md", "a.swp"]) is first
    assert session.look_everywhere() is first


def test_a_file_that_was_replaced_within_one_tick_is_seen(tmp_path: Path) -> None:
    plant(tmp_path, {"HOLES.md": HOME, "STATE.md": STATE})
    session = Session(Request(str(tmp_path)))
    session.look_everywhere()
    status = (tmp_path / "STATE.md").stat()
    (tmp_path / "STATE.md").write_text(STATE.replace("0/1", "1/1"), encoding="utf-8")
    os.utime(tmp_path / "STATE.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert [found.code for found in session.look_everywhere().diagnostics] == ["DS201"]


def test_after_a_broken_configuration_everything_is_looked_at_anew(tmp_path: Path) -> None:
    plant(tmp_path, {"HOLES.md": HOME, "STATE.md": STATE, "docsync.toml": ""})
    session = Session(Request(str(tmp_path)))
    session.look_everywhere()
    plant(tmp_path, {"docsync.toml": "nonsense = 1\n", "STATE.md": STATE.replace("0/1", "1/1")})
    with pytest.raises(ConfigError, match="nonsense"):
        session.look_at(["docsync.toml", "STATE.md"])
    plant(tmp_path, {"docsync.toml": ""})
    assert [found.code for found in session.look_at(["docsync.toml"]).diagnostics] == ["DS201"]


def test_the_baseline_is_heeded_and_followed(tmp_path: Path) -> None:
    plant(tmp_path, {"HOLES.md": HOME, "STATE.md": STATE.replace("0/1", "1/1")})
    session = Session(Request(str(tmp_path)))
    assert len(session.look_everywhere().diagnostics) == 1
    take_baseline(session.look_everywhere(), str(tmp_path), update=False, prune=False)
    report = session.look_at([".docsync-baseline.json"])
    assert report == full(tmp_path)
    assert (report.held_back, report.diagnostics) == (1, ())


def test_paths_that_are_named_no_longer_are_forgotten(tmp_path: Path) -> None:
    plant(tmp_path, {"node_modules/x.md": "# X\n", "docs/a.md": "# A\n"})
    session = Session(Request(str(tmp_path), cache=False))
    session.look_everywhere()
    for number in range(300):
        plant(tmp_path, {"docs/a.md": f"# A\n\nSee [it](../node_modules/x.md) and [that](../node_modules/part{number}.md).\n"})
        session.look_at(["docs/a.md"])
    assert session.state is not None
    looked = session.state.surveyed.outside
    assert looked.rests_on("node_modules/x.md")
    assert looked.rests_on("node_modules/part299.md")
    assert not looked.rests_on("node_modules/part0.md")
