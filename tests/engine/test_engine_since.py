from __future__ import annotations

import io
import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docsync.cli.main import run
from docsync.reporters.report_schema import report_schema
from trees import commit, git, plant

OLD = "# Ferry\n\n**Stops mapped**: 7/19 (26.3%)\n"
NEW = "# Quay\n\n**Berths painted**: 3/4 (50%)\n"
RIGHT = "# Quay\n\n**Berths painted**: 3/4 (75%)\n"


def hole(status: str, more: str = "") -> str:
    return f"---\nkind: hole\nid: H6\ntitle: Fog signal\nstatus: {status}\n{more}---\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a repository whose one commit holds one contradiction."""
    monkeypatch.chdir(tmp_path)
    plant(tmp_path, {"a.md": OLD, "b.md": RIGHT})
    commit(tmp_path)
    return tmp_path


class Checking:
    """Run checks against a revision, each with what is remembered and without."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def report(self, *arguments: str, since: str = "HEAD") -> dict[str, Any]:
        seen = []
        for extra in ((), (), ("--no-cache",)):
            self._capsys.readouterr()
            code = run(["check", "--since", since, "--output-format", "json", *arguments, *extra])
            report = json.loads(self._capsys.readouterr().out)
            assert code == (1 if any(found["severity"] != "info" for found in report["diagnostics"]) else 0)
            jsonschema.Draft202012Validator(report_schema()).validate(report)
            seen.append(report)
        assert seen[0] == seen[1] == seen[2]
        return dict(seen[0])

    def found(self, *arguments: str, since: str = "HEAD") -> list[str]:
        return [f"{found['path']} {found['code']}" for found in self.report(*arguments, since=since)["diagnostics"]]

    def refused(self, since: str, *arguments: str) -> str:
        assert run(["check", "--since", since, *arguments]) == 2
        captured = self._capsys.readouterr()
        assert captured.out == ""
        return captured.err


@pytest.fixture
def checking(capsys: pytest.CaptureFixture[str]) -> Checking:
    return Checking(capsys)


def test_only_what_is_new_is_reported(here: Path, checking: Checking, capsys: pytest.CaptureFixture[str]) -> None:
    assert checking.found() == []
    plant(here, {"b.md": NEW, "untracked.md": OLD.replace("Stops mapped: 7", "x").replace("7/19", "9/19")})
    report = checking.report()
    assert [found["path"] for found in report["diagnostics"]] == ["b.md", "untracked.md"]
    assert report["summary"]["since"] == {"revision": "HEAD", "commit": git(here, "rev-parse", "HEAD").strip(), "there": 1}
    assert run(["check", "--since", "HEAD"]) == 1
    assert (
        f"\nCompared with HEAD ({git(here, 'rev-parse', 'HEAD')[:10]}): 1 finding was there already.\n"
        in capsys.readouterr().out
    )


def test_nothing_worse_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del here
    assert run(["check", "--since", "main"]) == 0
    assert capsys.readouterr().out.startswith("Nothing new found.\nCompared with main (")


def test_other_lines_and_numbers_are_the_same_finding_and_one_more_is_one_more(here: Path, checking: Checking) -> None:
    plant(here, {"a.md": "# Ferry\n\nMore.\n\n**Stops mapped**: 8/19 (26.3%)\n"})
    assert checking.found() == []
    plant(here, {"a.md": OLD + "\n## Later\n\n**Berths painted**: 3/4 (50%)\n"})
    assert checking.found() == ["a.md DS202"]


def test_the_same_statement_in_another_file_is_one_more(here: Path, checking: Checking) -> None:
    plant(here, {"b.md": OLD})
    assert checking.found() == ["b.md DS202"]


def test_what_another_file_makes_wrong_is_new(here: Path, checking: Checking) -> None:
    plant(here, {"h.md": hole("resolved"), "state.md": "# State\n\n| Hole | Status |\n|---|---|\n| H6 | resolved |\n"})
    commit(here)
    plant(here, {"h.md": hole("in_progress", "reopened: it is too quiet\n")})
    assert checking.found() == ["state.md DS301"]


def test_transitions_are_checked(here: Path, checking: Checking, capsys: pytest.CaptureFixture[str]) -> None:
    gate = "---\nkind: gate\nid: G1\ntitle: Lamp lit\nstatus: {}\n---\n"
    plant(here, {"h.md": hole("resolved"), "g.md": gate.format("passed")})
    commit(here)
    plant(here, {"moved/h.md": hole("pending"), "g.md": gate.format("pending")})
    (here / "h.md").unlink()
    assert checking.found() == ["g.md DS310", "moved/h.md DS309"]
    assert checking.found("--ignore", "DS310") == ["moved/h.md DS309"]
    plant(here, {"moved/h.md": hole("in_progress", "reopened: it is too quiet\n"), "g.md": gate.format("passed")})
    assert checking.found() == []
    capsys.readouterr()
    assert run(["check"]) == 1, "without a revision, no status has changed"
    assert "DS30" not in capsys.readouterr().out


def test_a_revision_from_before_the_configuration(here: Path, checking: Checking) -> None:
    plant(here, {"docsync.toml": "[rules.severity]\nDS202 = 'warning'\n[[homes]]\npath = 'c.md'\nkind = 'hole'\n"})
    assert checking.found() == []
    plant(here, {"c.md": NEW})
    commit(here)
    assert checking.found(since="HEAD~1") == ["c.md DS202"]
    assert checking.found() == []


def test_a_revision_from_before_the_project(here: Path, checking: Checking) -> None:
    plant(here, {"plans/x.md": OLD, "plans/docsync.toml": ""})
    commit(here)
    assert checking.found("--root", "plans", since="HEAD~1") == ["x.md DS202"]
    assert checking.found("--root", "plans") == []
    plant(here, {"plans/y.md": NEW})
    assert checking.found("--root", "plans") == ["y.md DS202"]


def test_renamed_files_keep_their_findings(here: Path, checking: Checking) -> None:
    git(here, "mv", "a.md", "z.md")
    plant(here, {"c.md": OLD.replace("7/19", "9/19")})
    assert checking.found() == ["c.md DS202"], "the file that came, not the one that was renamed"
    (here / "c.md").unlink()
    (here / "docs").mkdir()
    git(here, "mv", "z.md", "docs/z.md")
    plant(here, {"docs/z.md": f"{OLD}\nAnd a line.\n"})
    assert checking.found() == []
    plant(here, {"docs/z.md": f"{OLD}\n**Berths painted**: 3/4 (50%)\n"})
    assert checking.found() == ["docs/z.md DS202"]


def test_three_dots_compare_with_where_the_two_parted(here: Path, checking: Checking) -> None:
    git(here, "switch", "-q", "-c", "branch")
    plant(here, {"b.md": NEW})
    commit(here)
    git(here, "switch", "-q", "main")
    plant(here, {"a.md": "# Ferry\n"})
    commit(here)
    git(here, "switch", "-q", "branch")
    assert checking.found(since="main") == ["a.md DS202", "b.md DS202"]
    assert checking.found(since="main...branch") == ["b.md DS202"]
    assert checking.found(since="main...") == ["b.md DS202"]


def test_tags_and_names_by_date_are_revisions(here: Path, checking: Checking) -> None:
    git(here, "tag", "-a", "v1", "-m", "x")
    plant(here, {"b.md": NEW})
    commit(here)
    for name in ("v1", "HEAD~1", git(here, "rev-parse", "--short", "v1^{commit}").strip()):
        assert checking.found(since=name) == ["b.md DS202"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nope", "docsync: --since nope: there is no commit nope here; `git fetch` gets what only the remote has\n"),
        ("--exec=x", "docsync: --since --exec=x: there is no commit --exec=x here"),
        ("HEAD:a.md", "docsync: --since HEAD:a.md: there is no commit HEAD:a.md here"),
        ("a\nHEAD", "there is no commit a"),
        ("main..HEAD", "docsync: --since main..HEAD: a range; name one revision, or main...HEAD for where the two parted\n"),
        ("main...nope", "docsync: --since main...nope: there is no commit nope here"),
        (" ", "--since needs a revision"),
    ],
)
def test_revisions_that_there_are_not(here: Path, checking: Checking, name: str, said: str) -> None:
    del here
    assert said in checking.refused(name)


def test_where_there_is_nothing_to_compare_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checking: Checking) -> None:
    plant(tmp_path, {"none/a.md": OLD, "unborn/a.md": OLD})
    monkeypatch.chdir(tmp_path / "none")
    assert "is in no git repository" in checking.refused("HEAD")
    monkeypatch.chdir(tmp_path / "unborn")
    git(tmp_path / "unborn", "init", "-q")
    assert "there is no commit HEAD here" in checking.refused("HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git cannot be run: No such file" in checking.refused("HEAD")


def test_histories_that_have_nothing_in_common(here: Path, checking: Checking) -> None:
    git(here, "switch", "-q", "--orphan", "other")
    commit(here)
    assert "the two have no common ancestor here\n" in checking.refused("main...other")


def test_a_shallow_clone_says_how_to_get_the_rest(here: Path, monkeypatch: pytest.MonkeyPatch, checking: Checking) -> None:
    plant(here, {"b.md": NEW})
    commit(here)
    base = git(here, "rev-parse", "HEAD~1").strip()
    git(here, "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = here / ".git/clone"
    git(here, "clone", "-q", "--depth=1", f"file://{here}", str(clone))
    monkeypatch.chdir(clone)
    said = checking.refused(base)
    assert "this clone is shallow: fetch its history (`git fetch --unshallow`, in GitHub Actions `fetch-depth: 0`)" in said
    assert "common ancestor" not in said
    git(clone, "fetch", "-q", "--depth=1", "origin", base)
    assert checking.found(since=base) == ["b.md DS202"]
    assert "no common ancestor here; this clone is shallow" in checking.refused(f"{base}...HEAD")


def test_a_partial_clone_says_what_it_lacks(here: Path, monkeypatch: pytest.MonkeyPatch, checking: Checking) -> None:
    plant(here, {"b.md": NEW})
    commit(here)
    git(here, "config", "uploadpack.allowFilter", "true")
    clone = here / ".git/clone"
    git(here, "clone", "-q", "--filter=blob:none", f"file://{here}", str(clone))
    monkeypatch.chdir(clone)
    assert "this clone was made without all contents; `git fetch --refetch` gets them" in checking.refused("HEAD~1")


def test_nothing_is_checked_out_and_nothing_written(here: Path, checking: Checking, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(here, {"b.md": NEW})
    git(here, "add", "b.md")
    plant(here, {"b.md": OLD})
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")

    def tree() -> dict[str, tuple[int, bytes]]:
        files = (path for path in here.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = tree()
    assert checking.found() == ["b.md DS202"]
    assert tree() == before


def test_what_is_ignored_links_and_foreign_folders_are_left_out_as_they_are_today(here: Path, checking: Checking) -> None:
    plant(here, {".gitignore": "kept/\n", "kept/a.md": NEW, "sub/.gitignore": "!x.md\nno.md\n", "sub/no.md": NEW})
    plant(here, {"env/pyvenv.cfg": "", "env/n.md": NEW, "node_modules/n.md": NEW, "out/n.md": NEW})
    plant(here, {"docsync.toml": "exclude = ['out/']\n"})
    (here / "link.md").symlink_to("a.md")
    git(here, "add", "-f", ".")
    commit(here)
    plant(here, {"new/a.md": NEW})
    assert checking.found() == ["new/a.md DS202"], "no such finding was seen in what is left out"
    assert checking.found("sub/no.md") == [], "but what is named is looked at, then and now"
    assert checking.found("kept") == []


def test_line_ends_of_the_working_tree_change_nothing(here: Path, checking: Checking) -> None:
    plant(here, {"a.md": OLD.replace("\n", "\r\n")})
    assert checking.found() == []


def test_a_file_that_cannot_be_read_is_known_too(here: Path, checking: Checking) -> None:
    plant(here, {"latin.md": b"\xe9"})
    assert checking.found() == ["latin.md DS001"]
    commit(here)
    assert checking.found() == []


def test_what_documents_point_at_is_looked_for_where_it_was(here: Path, checking: Checking) -> None:
    plant(here, {"n.md": "# N\n\nSee [the map](map.md) and [the pier](pier.md).\n", "map.md": RIGHT})
    commit(here)
    (here / "map.md").unlink()
    assert checking.found() == ["n.md DS502"]


def test_lengths_of_files_are_those_that_they_had(here: Path, checking: Checking) -> None:
    plant(here, {"n.md": "# N\n\nThe gauge is in `src/gauge.py` (3 lines).\n", "src/gauge.py": "a\nb\nc\n"})
    commit(here)
    plant(here, {"src/gauge.py": "a\n" * 40})
    assert checking.found("--show-notes") == ["n.md DS504"]
    commit(here)
    assert checking.found("--show-notes") == []


def test_a_short_name_of_several_commits_is_told(here: Path, checking: Checking) -> None:
    person = "committer a <a@b.c> {} +0000\ndata 0\n"
    stream = "".join(f"commit refs/heads/many\n{person.format(second)}\n" for second in range(1, 1200))
    done = subprocess.run(["git", "fast-import", "--quiet"], cwd=here, input=stream.encode(), check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    names = sorted(git(here, "rev-list", "many").split())
    short = next(one[:4] for one, other in itertools.pairwise(names) if one[:4] == other[:4])
    assert f"--since {short}: several objects begin with {short}; give more of it" in checking.refused(short)


def test_stale_regions_are_new_when_a_record_has_changed(here: Path, checking: Checking) -> None:
    board = '# Board\n\n<!-- docsync:begin holes view="hole-status" columns="id,status" -->\n<!-- docsync:end holes -->\n'
    plant(here, {"h.md": hole("pending"), "board.md": board})
    commit(here)
    assert checking.found() == [], "it was stale already"
    assert run(["regenerate"]) == 0
    commit(here)
    plant(here, {"h.md": hole("in_progress")})
    assert checking.found() == ["board.md DS601"]


def test_the_baseline_allows_no_more_than_it_did(here: Path, checking: Checking, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["baseline"]) == 0
    commit(here)
    plant(here, {"a.md": OLD + "\n## Later\n\n**Berths painted**: 3/4 (50%)\n"})
    assert checking.found() == ["a.md DS202"], "one was there and is in the baseline, and is counted once"
    capsys.readouterr()
    assert run(["baseline", "--update"]) == 0
    assert checking.found() == [], "what was accepted since"
    plant(here, {"a.md": "# Ferry\n\n**Stops mapped**: 5/19 (26.3%)\n"})
    assert checking.found() == [], "that an entry is stale makes no document worse"


def test_rules_and_paths_are_chosen_for_both_states(here: Path, checking: Checking) -> None:
    plant(here, {"b.md": NEW, "docs/c.md": NEW.replace("3/4", "1/4")})
    assert checking.found("--select", "DS2") == ["b.md DS202", "docs/c.md DS202"]
    assert checking.found("--select", "DS3") == []
    assert checking.found("docs") == ["docs/c.md DS202"]
    assert checking.found("a.md") == []


def test_what_is_staged_is_compared(here: Path, checking: Checking) -> None:
    plant(here, {"b.md": NEW})
    assert checking.found("--staged") == []
    git(here, "add", "b.md")
    plant(here, {"b.md": RIGHT})
    assert checking.found("--staged") == ["b.md DS202"]
    assert checking.found() == []


def test_text_from_standard_input_is_compared(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del here

    class Given:
        def __init__(self, raw: str) -> None:
            self.buffer = io.BytesIO(raw.encode())

    for text, code in ((OLD, 0), (OLD + "\n**Berths painted**: 3/4 (50%)\n", 1)):
        monkeypatch.setattr(sys, "stdin", Given(text))
        assert run(["check", "-", "--stdin-filename", "a.md", "--since", "HEAD"]) == code
    assert "1 finding was there already" in capsys.readouterr().out


def test_repositories_with_longer_names_of_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checking: Checking) -> None:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q", "--object-format=sha256", "-b", "main")
    plant(tmp_path, {"docs/a.md": OLD})
    commit(tmp_path)
    plant(tmp_path, {"docs/b.md": NEW})
    assert checking.found() == ["docs/b.md DS202"]
