from __future__ import annotations

import random
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docsync.engine.history.asking import Past, open_past
from docsync.engine.request import Request
from docsync.project.series import fact_series, lineages, main_series
from trees import git

STATUSES = ("pending", "in progress", "resolved", "blocked", "cancelled")
SETTLED = {"resolved", "cancelled"}
PATHS = ("a.md", "b.md", "docs/a.md", "docs/deep/c.md", "docs/deep/d.md")
_State = Mapping[str, Mapping[str, str]]


@dataclass
class Made:
    """Hold what each commit of a repository was made to say: holes by path, with their statuses."""

    stream: list[str] = field(default_factory=list)
    states: dict[int, _State] = field(default_factory=dict)


def text(holes: Mapping[str, str]) -> str:
    rows = "".join(f"| {name} | Buoy | {status} |\n" for name, status in holes.items())
    return f"---\nrecords: {{hole: rows}}\n---\n\n| ID | Title | Status |\n|---|---|---|\n{rows}"


def make(seed: int, commits: int) -> Made:
    """Invent commits on several branches, with merges; holes come, change, move between documents and go."""
    chance = random.Random(seed)
    made = Made()
    heads: list[int] = []
    for mark in range(1, commits + 1):
        parents = chance.sample(heads, min(len(heads), chance.choice((1, 1, 1, 2))))
        last = mark == commits
        if last:
            parents = heads[:1] + [each for each in heads[1:] if each != heads[0]][:1]
        state = {path: dict(holes) for path, holes in made.states[parents[0]].items()} if parents else {}
        before = {path: dict(holes) for path, holes in state.items()}
        if len(parents) > 1:
            merge(state, made.states[parents[1]], chance)
        for _ in range(chance.randint(0, 3)):
            edit(state, chance)
        made.states[mark] = {path: holes for path, holes in state.items() if holes}
        made.stream += lines(mark, parents, before, made.states[mark])
        heads = [each for each in heads if each not in parents or chance.random() < 0.3] + [mark]
    return made


def merge(state: dict[str, dict[str, str]], other: _State, chance: random.Random) -> None:
    for path in PATHS:
        if chance.random() < 0.5:
            state[path] = dict(other.get(path, {}))


def edit(state: dict[str, dict[str, str]], chance: random.Random) -> None:
    path = chance.choice(PATHS)
    name = f"H{chance.randint(1, 9)}"
    match chance.randint(0, 3):
        case 0:
            state.setdefault(path, {})[name] = chance.choice(STATUSES)
        case 1:
            state.get(path, {}).pop(name, None)
        case 2:
            state[chance.choice(PATHS)] = state.pop(path, {})
        case _:
            for holes in state.values():
                if name in holes:
                    holes[name] = chance.choice(STATUSES)


def lines(mark: int, parents: list[int], before: _State, after: _State) -> list[str]:
    when = 1_700_000_000 + mark * 1000
    head = [
        f"commit refs/heads/{'main' if parents or mark == 1 else 'other'}",
        f"mark :{mark}",
        f"committer A <a> {when} +0000",
    ]
    subject = str(mark)
    parts = [*head, f"data {len(subject)}", subject]
    parts += [f"{'merge' if at else 'from'} :{parent}" for at, parent in enumerate(parents)]
    parts += [f"D {path}" for path in before if path not in after]
    for path, holes in after.items():
        if dict(before.get(path, {})) != dict(holes):
            parts += [f"M 100644 inline {path}", f"data {len(text(holes).encode())}", text(holes)]
    return [*parts, ""]


def repository(folder: Path, made: Made) -> None:
    git(folder, "init", "-q", "-b", "main")
    stream = "\n".join(made.stream)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet", "--force"], input=stream.encode(), check=True)
    git(folder, "reset", "-q", "--hard", "main")


def counted(state: _State) -> tuple[int, int]:
    statuses = [status for holes in state.values() for status in holes.values()]
    return sum(status in SETTLED for status in statuses), len(statuses)


def expected(past: Past, made: Made) -> list[tuple[str, int, int]]:
    """Give the counts of the commits that changed them, in the order of the history."""
    commits = past.history.commits
    counts = {at: counted(made.states[int(commit.subject)]) for at, commit in enumerate(commits)} | {-1: (0, 0)}
    return [
        (commits[at].subject, *counts[at]) for at, parent in enumerate(past.history.parents) if counts[at] != counts[parent]
    ]


def told(past: Past) -> list[tuple[str, int, int]]:
    commits = past.history.commits
    return [
        (commits[each.commit].subject, int(each.value or 0), int(each.total or 0))
        for series in main_series(past.history, past.config)
        for each in series.readings
    ]


@pytest.mark.parametrize("every", [False, True], ids=["first-parents", "all-parents"])
@pytest.mark.parametrize("seed", range(10))
def test_every_commit_is_told_of_as_it_was(seed: int, *, every: bool, tmp_path: Path) -> None:
    made = make(seed, 40)
    repository(tmp_path, made)
    past = open_past(Request(str(tmp_path)), every=every)
    assert told(past) == expected(past, made)
    total = fact_series(past.history, past.config, "holes.total")
    totals = {each.commit: int(each.value or 0) for each in total.readings}
    for at, parent in enumerate(past.history.parents):
        now, then = (
            counted(made.states[int(past.history.commits[each].subject)])[1] if each >= 0 else 0 for each in (at, parent)
        )
        assert totals.get(at, then) == now
    last = made.states[int(past.history.commits[-1].subject)]
    alive = sorted((path, name) for path, holes in last.items() for name in holes)
    assert sorted((each.path, each.id) for records in past.history.records.values() for each in records) == alive


@pytest.mark.parametrize("seed", range(4))
def test_a_history_that_was_continued_is_the_one_that_is_told_at_once(seed: int, tmp_path: Path) -> None:
    repository(tmp_path, make(seed, 30))
    chain = git(tmp_path, "rev-list", "--first-parent", "--reverse", "main").split()
    for tip in (chain[len(chain) // 3], chain[len(chain) // 2], chain[-1]):
        git(tmp_path, "reset", "-q", "--hard", tip)
        continued = open_past(Request(str(tmp_path)))
    afresh = open_past(Request(str(tmp_path), cache=False))
    assert continued.history == afresh.history
    lives = [[(each.commit, each.record.id) for each in one.changes] for one in lineages(continued.history)]
    assert lives == [[(each.commit, each.record.id) for each in one.changes] for one in lineages(afresh.history)]
