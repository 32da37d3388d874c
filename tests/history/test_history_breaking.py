from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest
from pasts import Asking, commit, hole

from docsync.engine.comparing import judge_then
from trees import git, plant

STATE = "# State\n\n**Holes**: {} holes resolved\n"


@pytest.fixture
def asking(capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def origins(asking: Asking, code: str, *arguments: str) -> list[tuple[str, str]]:
    """Give each finding's place with the commit that brought it in."""
    seen = []
    for extra in ((), (), ("--no-cache",)):
        rows = json.loads(asking.text("--when-broken", code, "--json", *arguments, *extra))
        seen.append([(each["place"], each["subject"] or each["commit"]) for each in rows])
    assert seen[0] == seen[1] == seen[2]
    return seen[0]


@pytest.fixture
def forgot(here: Path) -> Path:
    """Stand in a repository in which a count was forgotten, and the document moved since."""
    commit(here, {"a.md": hole("H1", "pending"), "b.md": hole("H2", "pending"), "STATE.md": STATE.format("0/2")}, "first")
    commit(here, {"a.md": hole("H1", "in progress")}, "begin")
    commit(here, {"a.md": hole("H1", "resolved")}, "forget the count")
    commit(here, {"notes.md": "# Notes\n"}, "notes")
    commit(here, {"STATE.md": None, "docs/STATE.md": "Moved.\n\n" + STATE.format("0/2")}, "move")
    commit(here, {"b.md": hole("H2", "resolved")}, "forget again")
    return here


def test_the_commit_that_brought_a_finding_in(forgot: Path, asking: Asking) -> None:
    assert origins(asking, "DS201") == [("docs/STATE.md:5:12", "forget the count")]
    assert origins(asking, "count-disagrees-with-records") == [("docs/STATE.md:5:12", "forget the count")]
    plant(forgot, {"x.md": STATE.format("1/2"), "docs/STATE.md": "Moved once more.\n\n\n" + STATE.format("0/2")})
    assert origins(asking, "DS201") == [("docs/STATE.md:6:12", "forget the count"), ("x.md:3:12", "not committed")]
    commit(forgot, {}, "one more")
    assert origins(asking, "DS201") == [("docs/STATE.md:6:12", "forget the count"), ("x.md:3:12", "one more")]
    assert origins(asking, "DS201", "--path", "docs/") == [("docs/STATE.md:6:12", "forget the count")]
    assert origins(asking, "DS201", "--path", "docs/STATE.md", "--path", "./x.md") == origins(asking, "DS201")


def test_a_finding_that_was_mended_and_came_back_is_of_the_later_commit(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "resolved"), "STATE.md": STATE.format("0/1")}, "wrong")
    commit(here, {"STATE.md": STATE.format("1/1")}, "right")
    commit(here, {"STATE.md": STATE.format("0/1")}, "wrong again")
    commit(here, {"STATE.md": STATE.format("0/1") + "\nMore.\n"}, "more")
    assert origins(asking, "DS201") == [("STATE.md:3:12", "wrong again")]


def test_one_more_of_the_same_is_of_the_commit_that_added_it(here: Path, asking: Asking) -> None:
    share = "# Ferry\n\n**Stops**: 7/19 (26.3%)\n"
    commit(here, {"a.md": share}, "one")
    commit(here, {"a.md": share + "\n## Later\n\n**Stops**: 8/19 (26.3%)\n"}, "two")
    assert {subject for _, subject in origins(asking, "DS202")} == {"one", "two"}


def test_only_what_is_new_since_an_earlier_answer_is_judged(
    forgot: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.text("--when-broken", "DS201")
    judged = []

    def counting(*arguments: object) -> object:
        judged.append(arguments)
        return judge_then(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr("docsync.engine.history.breaking.judge_then", counting)
    asking.text("--when-broken", "DS201")
    assert judged == []
    commit(forgot, {"notes.md": "# More\n"}, "more")
    asking.text("--when-broken", "DS201")
    assert len(judged) == 1


def test_formats_and_what_is_said_where_there_is_nothing(forgot: Path, asking: Asking) -> None:
    rows = list(csv.DictReader(io.StringIO(asking.text("--when-broken", "DS201", "--format", "csv"))))
    assert [(row["subject"], row["commit"]) for row in rows] == [
        ("forget the count", git(forgot, "rev-parse", "HEAD~3").strip())
    ]
    shown = asking.text("--when-broken", "DS201")
    assert shown.startswith("DS201\n\ndate  ")
    assert git(forgot, "rev-parse", "HEAD~3")[:10] in shown
    assert "there is no finding of DS501 today" in asking.said("--when-broken", "DS501")
    assert "there is no finding of DS201 in b.md today" in asking.said("--when-broken", "DS201", "--path", "b.md")
    assert "no rule is called DS20X; did you mean DS220?" in asking.refused("--when-broken", "DS20X")
    assert "it judges a change" in asking.refused("--when-broken", "DS313")
    assert "svg does not go with it" in asking.refused("--when-broken", "DS201", "--format", "svg")


@pytest.mark.parametrize("seed", range(4))
def test_the_commit_is_the_one_since_which_the_document_was_wrong_all_along(seed: int, here: Path, asking: Asking) -> None:
    chance = random.Random(seed)
    statuses, stated = ["pending"] * 3, 0
    wrong: list[bool] = []
    for number in range(10):
        statuses[chance.randrange(3)] = chance.choice(("pending", "resolved"))
        resolved = statuses.count("resolved")
        stated = chance.choice((stated, stated, resolved))
        files = {f"h{at}.md": hole(f"H{at}", status) for at, status in enumerate(statuses)}
        commit(here, {**files, "STATE.md": STATE.format(f"{stated}/3")}, str(number))
        wrong.append(stated != resolved)
        since = max((at + 1 for at, was in enumerate(wrong) if not was), default=0)
        expected = [("STATE.md:3:12", str(since))] if wrong[-1] else []
        assert origins(asking, "DS201") == expected


def test_a_repository_without_a_commit(here: Path, asking: Asking) -> None:
    plant(here, {"a.md": hole("H1", "resolved"), "STATE.md": STATE.format("0/1")})
    git(here, "init", "-q")
    assert origins(asking, "DS201") == [("STATE.md:3:12", "not committed")]
