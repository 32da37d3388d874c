from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import FRESH, GOOD, REGION, RIGHT, Place

from docsync.config.values import Config
from docsync.engine import reading
from docsync.models.document import DocumentFacts
from docsync.text.source import SourceFile
from trees import commit, git, plant


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Place:
    """Stand in a project in a folder of its own."""
    (tmp_path / "project/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project")
    return Place(tmp_path / "project", capsys)


def test_links_are_skipped_and_lead_nowhere(place: Place, tmp_path: Path) -> None:
    plant(tmp_path, {"outside/x.md": GOOD})
    place.plant(GOOD)
    os.symlink(tmp_path / "outside/x.md", place.root / "link.md")
    os.symlink(tmp_path / "outside", place.root / "linked")
    for follow in ("", "follow-links = true\n"):
        plant(place.root, {"docsync.toml": follow})
        assert "Looked at 3 files" in place.docsync("check").text
        assert place.docsync("regenerate").code == 0
        for path in ("link.md", "linked", "linked/x.md"):
            said = place.docsync("regenerate", path)
            assert (said.code, said.text) == (2, "")
            assert f"{path}: outside the project root" in said.errors
    assert (tmp_path / "outside/x.md").read_text() == GOOD


def test_loops_pipes_and_folders_with_a_documents_name_are_skipped(place: Place) -> None:
    place.plant(GOOD)
    os.symlink(".", place.root / "loop")
    os.symlink("itself", place.root / "itself")
    os.symlink("gone", place.root / "dangling.md")
    os.mkfifo(place.root / "pipe.md")
    (place.root / "folder.md").mkdir()
    plant(place.root, {"docsync.toml": "follow-links = true\n"})
    assert "Looked at 3 files" in place.docsync("check").text
    assert place.docsync("regenerate").code == 0
    said = place.docsync("check", "pipe.md")
    assert (said.code, said.errors) == (2, "docsync: pipe.md: neither a file nor a folder\n")
    assert place.docsync("check", "dangling.md").code == 2


def test_a_hard_link_is_refused_and_the_rest_is_done(place: Place) -> None:
    place.plant(GOOD)
    os.link(place.root / "odd.md", place.root / "twin.txt")
    said = place.docsync("regenerate")
    assert (said.code, said.of_odd) == (2, ["1:1 error DS007"])
    assert (place.odd, place.good) == (GOOD.encode(), RIGHT)
    assert os.path.samefile(place.root / "odd.md", place.root / "twin.txt")


def test_a_read_only_file_is_refused_and_the_rest_is_done(place: Place) -> None:
    place.plant(GOOD)
    os.chmod(place.root / "odd.md", 0o444)
    said = place.docsync("regenerate")
    assert (said.code, said.of_odd) == (2, ["1:1 error DS007"])
    assert (place.odd, place.good) == (GOOD.encode(), RIGHT)


def test_a_read_only_folder_is_refused_and_the_rest_is_done(place: Place) -> None:
    place.plant("")
    plant(place.root, {"closed/odd.md": GOOD})
    os.chmod(place.root / "closed", 0o555)
    try:
        said = place.docsync("regenerate")
    finally:
        os.chmod(place.root / "closed", 0o755)
    assert (said.code, "closed/odd.md:1:1: error DS007[" in said.text) == (2, True)
    assert ((place.root / "closed/odd.md").read_text(), place.good) == (GOOD, RIGHT)


def test_mode_times_and_neighbours_stay(place: Place) -> None:
    place.plant(GOOD)
    os.chmod(place.root / "odd.md", 0o640)
    assert place.docsync("regenerate").code == 0
    assert (place.root / "odd.md").stat().st_mode & 0o7777 == 0o640
    names = sorted(os.listdir(place.root))
    before = {name: (os.stat(name).st_ino, os.stat(name).st_mtime_ns) for name in (".", *names)}
    assert place.docsync("regenerate").text == "Nothing to rewrite.\n"
    assert {name: (os.stat(name).st_ino, os.stat(name).st_mtime_ns) for name in (".", *names)} == before
    assert names == [".git", "H1.md", "good.md", "odd.md"]


LIMITED = """
import resource, sys
from docsync.cli.main import run

before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, before[1]))
code = run(["regenerate", "--no-cache"])
resource.setrlimit(resource.RLIMIT_FSIZE, before)  # whoever measures coverage writes when the process ends
sys.exit(code)
"""


def test_at_the_limit_of_file_size_nothing_is_written_and_nothing_left(place: Place) -> None:
    place.plant(GOOD + "x" * 400)
    before = place.odd
    done = subprocess.run([sys.executable, "-c", LIMITED], cwd=place.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "")
    assert "odd.md:1:1: error DS006[write-failed]" in done.stdout
    assert "File too large" in done.stdout
    assert (place.odd, place.good) == (before, GOOD)
    assert sorted(os.listdir(place.root)) == [".git", "H1.md", "good.md", "odd.md"]


def test_two_runs_at_once_end_well(place: Place) -> None:
    place.plant(GOOD)
    command = [sys.executable, "-m", "docsync", "regenerate"]
    runs = [subprocess.Popen(command, cwd=place.root, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate()[0] for process in runs]
    assert [process.returncode for process in runs] == [0, 0], told
    assert (place.odd, place.good) == (RIGHT.encode(), RIGHT)
    assert sorted(os.listdir(place.root)) == [".git", "H1.md", "good.md", "odd.md"]


@pytest.mark.parametrize("mark", ["index.lock", "MERGE_HEAD", "rebase-merge/"])
def test_git_at_work_keeps_nobody_waiting(place: Place, mark: str) -> None:
    place.plant(GOOD)
    commit(place.root)
    plant(place.root / ".git", {mark: ""})
    assert place.docsync("check").code == 1
    assert place.docsync("regenerate").code == 0
    assert place.odd == RIGHT.encode()
    assert os.path.exists(place.root / ".git" / mark)


def test_a_region_edited_by_hand_is_kept_until_told_otherwise(place: Place) -> None:
    place.plant(RIGHT)
    commit(place.root)
    edited = RIGHT.replace("Buoy", "Bell")
    place.plant(edited)
    assert place.docsync("check", "odd.md").of_odd == ["3:1 error DS603"]
    for fix in ((), ("--unsafe",)):
        said = place.docsync("regenerate", *fix)
        assert (said.code, said.of_odd) == (1, ["3:1 error DS603"])
        assert place.odd == edited.encode()
    assert place.docsync("regenerate", "--overwrite-edited").code == 0
    assert place.odd == RIGHT.encode()
    assert git(place.root, "status", "--porcelain", "odd.md") == ""


VIEWS = {
    "an end marker": "<!-- docsync:end all -->\n",
    "a begin marker": '<!-- docsync:begin other view="x" -->\n',
    "an open fence": "```\nx\n",
    "an open comment": "<!-- x\n",
    "open HTML": "<script>\nx\n",
    "an unescaped pipe": "| a | b |\n| - | - |\n| x|y | z |\n",
    "a merge": "<<<<<<< a\n=======\n>>>>>>> b\n",
    "a way out": "{{ ''.__class__.__mro__ }}",
    "the globals": "{{ range.__globals__ }}",
    "a file": "{% include '/etc/hostname' %}",
    "a file above": "{% include '../secret.md.j2' %}",
    "nothing of that name": "{{ no_such }}",
    "a syntax error": "{% for x %}",
    "itself": "{% include 'own.md.j2' %}",
    "a megabyte and more": "{% for _ in range(99999) %}{{ 'x' * 99 }}{% endfor %}",
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_that_does_harm_is_not_written(place: Place, name: str) -> None:
    place.plant(GOOD.replace("status-table", "own"))
    before = place.odd
    plant(place.root, {"docsync.toml": 'templates = "views"\n', "views/own.md.j2": VIEWS[name]})
    assert place.docsync("check", "odd.md").of_odd == ["3:1 error DS604"]
    said = place.docsync("regenerate")
    assert (said.code, said.of_odd) == (1, ["3:1 error DS604"])
    assert (place.odd, place.good) == (before, RIGHT)


def test_an_endless_view_is_stopped(place: Place) -> None:
    place.plant(GOOD.replace("status-table", "own"))
    endless = "{% for _ in range(99999) %}{% for _ in range(99999) %}{% endfor %}{% endfor %}"
    plant(place.root, {"docsync.toml": 'templates = "views"\nview-timeout = 1\n', "views/own.md.j2": endless})
    said = place.docsync("regenerate")
    assert (said.code, said.of_odd, place.good) == (1, ["3:1 error DS604"], RIGHT)
    assert "takes over 1 second" in said.text


def test_a_value_cannot_break_out_of_its_cell(place: Place) -> None:
    title = "a | b <!-- docsync:end all --> ``` \\\\"
    place.plant(f'---\nkind: hole\nid: H2\ntitle: "{title}"\nstatus: pending\n---\n\n# H2\n')
    assert place.docsync("regenerate").code == 0
    assert place.good.count("docsync:end all") == 2
    assert place.docsync("check", "good.md").code == 0
    assert place.docsync("regenerate", "--check").code == 0


def test_without_markers_nothing_is_made(place: Place) -> None:
    table = "# Odd\n\n| ID | Title |\n| --- | --- |\n| H1 | Bell |\n"
    place.plant(table)
    for fix in ((), ("--unsafe",), ("--overwrite-edited",)):
        assert place.docsync("regenerate", *fix).code in {0, 1}
    assert place.odd == table.encode()
    assert sorted(os.listdir(place.root)) == [".git", "H1.md", "good.md", "odd.md"]


CONFIGURATIONS = {
    "include = 3": "docsync.toml:1: include: expected a list, found 3",
    'inclde = ["x"]': "docsync.toml:1: inclde: there is no such key; did you mean include?",
    'fail-on = "eror"': 'docsync.toml:1: fail-on: expected one of info, warning, error, found "eror"; did you mean error?',
    '[kinds.x]\nid = "("': "docsync.toml:2: kinds.x.id: no regular expression",
    'templates = "/etc"': "docsync.toml:1: templates: /etc is outside the project",
    'include = ["x"': "docsync.toml: no TOML: ",
    "\xff": "docsync.toml",
}


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_a_configuration_that_makes_no_sense_is_told_in_one_line(place: Place, text: str) -> None:
    place.plant(GOOD)
    plant(place.root, {"docsync.toml": text.encode("latin-1")})
    for command in (("check",), ("check", "odd.md"), ("regenerate",), ("views",), ("schema", "config"), ("schema", "hole")):
        said = place.docsync(*command)
        if command == ("schema", "config"):
            assert said.code == 0
            continue
        assert (said.code, said.text, said.errors.count("\n")) == (2, "", 1)
        assert said.errors.startswith(f"docsync: {CONFIGURATIONS[text]}")
    assert place.odd == GOOD.encode()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("od.md", "no such file or folder; did you mean odd.md?"),
        ("missing/x.md", "no such file or folder"),
        ("odd.md/x", "cannot be read: Not a directory"),
        ("../elsewhere.md", "no such file or folder"),
        ("", "an empty path"),
    ],
)
def test_a_path_that_is_not_there_is_2(place: Place, path: str, reason: str) -> None:
    place.plant(GOOD)
    for command in ("check", "regenerate"):
        said = place.docsync(command, path)
        assert (said.code, said.text, said.errors.count("\n")) == (2, "", 1)
        assert reason in said.errors
    assert place.odd == GOOD.encode()


def test_a_crash_of_ours_is_kept_to_its_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.plant(GOOD)
    read = reading._read_document

    def crash(source: SourceFile, config: Config) -> DocumentFacts:
        if source.path == "odd.md":
            raise ZeroDivisionError("\x1b[31mboom")
        return read(source, config)

    monkeypatch.setattr(reading, "_read_document", crash)
    said = place.docsync("check", "--no-cache")
    assert (said.code, said.of_odd) == (1, ["1:1 error DS900"])
    assert "ZeroDivisionError: \\x1b[31mboom" in said.text
    assert "good.md:3:1: error DS601" in said.text
    assert place.docsync("check", "--no-cache", "odd.md").code == 2
    assert place.docsync("regenerate", "--no-cache").code == 2
    assert (place.odd, place.good) == (GOOD.encode(), RIGHT)


def test_what_goes_round_in_a_circle_is_refused_and_shown(place: Place) -> None:
    computed = "docsync: {{computed: {{current: 'metrics[{}].current'}}}}"
    metric = f"---\nkind: metric\nid: {{}}\ntitle: T\ncurrent: {{}}\ntarget: 9\n{computed}\n---\n"
    place.plant(metric.format("M1", 1, "M2"))
    plant(place.root, {"other.md": metric.format("M2", 2, "M1")})
    before = place.odd
    said = place.docsync("regenerate")
    assert (said.code, said.of_odd) == (2, ["1:1 error DS900"])
    assert "-current: 1\n+current: 2\n" in said.text
    assert (place.odd, place.good) == (before, GOOD)


def test_the_region_of_a_named_file_alone_is_written(place: Place) -> None:
    place.plant(f"# Odd\n\n{REGION}")
    assert place.docsync("regenerate", "odd.md").code == 0
    assert FRESH.encode() in place.odd
    assert place.good == GOOD
