"""Which templates are found, which are refused, and what their manuals say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from generator_samples import DEFAULT, document, project, region
from msgspec.structs import replace

import docsync
from docsync.generator import folders
from docsync.generator.catalogue import View, list_views
from docsync.generator.regions import expectations
from docsync.models.expectations import Expectation

_OWN = replace(DEFAULT, templates="views/md")


def _expect(root: Path, view: str, *, templates: str = "views/md", **attributes: str) -> Expectation:
    asked = document("docs/STATE.md", region("case", view, **attributes))
    config = replace(DEFAULT, templates=templates)
    (expected,) = expectations(project(asked, config=config), str(root), {}, lambda _path: ())
    return expected


@pytest.fixture
def views(tmp_path: Path) -> Path:
    folder = tmp_path / "views" / "md"
    folder.mkdir(parents=True)
    return folder


def _view(name: str, root: Path = Path(os.curdir), *, own: bool = False) -> View:
    return next(view for view in list_views(_OWN if own else DEFAULT, str(root)) if view.name == name)


def test_every_built_in_view_has_a_manual() -> None:
    views = list_views(DEFAULT, os.curdir)
    assert len(views) == 13
    for view in views:
        assert view.builtin
        assert view.summary.endswith(".")
        assert view.attributes
        assert all(attribute.doc for attribute in view.attributes)
        assert f'view="{view.name}"' in view.example


def test_a_manual_is_read_attribute_by_attribute() -> None:
    view = _view("status-table")
    assert view.summary == "A table of the records of one kind, one line each."
    assert view.names == ("kind", "columns", "where", "sort", "group")
    kind, columns, where, *_ = view.attributes or ()
    assert (kind.required, kind.default, kind.doc.endswith(")")) == (True, "", False)
    assert (columns.required, columns.default) == (False, "id,title,status")
    assert (where.required, where.default) == (False, "")


def test_a_project_adds_a_view(views: Path, tmp_path: Path) -> None:
    (views / "roll-call.md.j2").write_text(
        "{#- Who is here.\n\ntone: how to say it (default: calm)\n\nExample: x -#}\n"
        "{{ attributes.tone }}: {{ records | length }}"
    )
    assert _expect(tmp_path, "roll-call").body == "\ncalm: 23\n\n"
    assert _expect(tmp_path, "roll-call", tone="a|b").body == "\na\\|b: 23\n\n"
    assert _expect(tmp_path, "roll-call", tune="x").failure == "the view roll-call has no attribute tune; did you mean tone?"
    view = _view("roll-call", tmp_path, own=True)
    assert (view.builtin, view.summary, view.names, view.example) == (False, "Who is here.", ("tone",), "x")


def test_a_view_without_a_manual_takes_any_attribute(views: Path, tmp_path: Path) -> None:
    (views / "free.md.j2").write_text("{{ attributes.anything }} {{ selected | map(attribute='id') | join }}")
    assert _expect(tmp_path, "free", anything="goes", kind="gate").body == "\ngoes G1G2\n\n"
    assert _expect(tmp_path, "free", anything="goes", kind="gat").failure == "unknown kind gat; did you mean gate?"
    assert _view("free", tmp_path, own=True) == View("free", "free.md.j2", builtin=False)


def test_a_project_overrides_a_view_which_keeps_its_manual(views: Path, tmp_path: Path) -> None:
    (views / "hole-status.md.j2").write_text("{{ attributes.columns }} {{ tally.total }} {{ tally.of }}")
    assert _expect(tmp_path, "hole-status").body == "\nid,title,status,phase,blocked_by,blocks 5 holes\n\n"
    assert _expect(tmp_path, "hole-status", sort="nothing").failure.startswith("unknown field nothing")
    assert _expect(tmp_path, "hole-status", colour="red").failure.startswith("the view hole-status has no attribute colour")


def test_an_overriding_view_can_build_on_the_one_it_overrides(views: Path, tmp_path: Path) -> None:
    (views / "metrics.md.j2").write_text("Before\n\n{% include 'builtin/metrics.md.j2' %}\n\n{% include 'note.j2' %}")
    (views / "note.j2").write_text("After {{ view }} in {{ region.path }}")
    lines = (_expect(tmp_path, "metrics").body or "").split("\n")
    assert lines[1] == "Before"
    assert lines[3].startswith("| ID  | Metric")
    assert lines[-3] == "After metrics in docs/STATE.md"


def test_every_section_is_there_for_a_project_s_view(views: Path, tmp_path: Path) -> None:
    (views / "all.md.j2").write_text(
        "{{ phases | map(attribute='id') | join(' ') }}; {{ gates | map(attribute='id') | join(' ') }};"
        " {{ facts.holes.resolved }} of {{ facts.holes.total }}, {{ facts.criteria.done }}/{{ facts.criteria.total }};"
        " {{ critical | map(attribute='id') | join(' ') }}; {{ graph.edges | length }};"
        " {{ fact.value | int }} {{ fact.percent }};"
        " {% for gate in gates %}{% for one in gate.requirements %}"
        "{{ one.category }} {{ one.done }}/{{ one.needed }} {% endfor %}{% endfor %};"
        " {{ phases[0].members | join(' ') }}; {{ groups | length }} {{ columns | length }}"
    )
    asked = {"kind": "hole", "fact": "holes.resolved/holes.total"}
    assert _expect(tmp_path, "all", **asked).body == (
        "\nP1 P2; G1 G2; 1 of 5, 2/4; H1 H2 H3; 4; 1 20; overall 2/3 overall 0/1 ; H1 H2 T-1 T-2; 1 0\n\n"
    )
    assert _expect(tmp_path, "all", kind="hole", fact="hols.total").failure.startswith("fact: expected one of `holes`")


@pytest.mark.parametrize(
    ("templates", "failure"),
    [
        ("views/missing", "the templates folder views/missing does not exist"),
        ("../views", "the templates folder ../views is not inside the project"),
        ("views/../../views", "the templates folder views/../../views is not inside the project"),
        ("a\0b", "the templates folder a\0b is not inside the project"),
        ("/etc", "the templates folder /etc is not inside the project"),
        ("linked", "the templates folder linked is no folder, or is behind a symbolic link"),
        ("linked/md", "the templates folder linked/md is no folder, or is behind a symbolic link"),
        ("views/md/file.md.j2", "the templates folder views/md/file.md.j2 is no folder, or is behind a symbolic link"),
        ("views/" + "x" * 300, "cannot be read: File name too long"),
    ],
)
def test_a_folder_outside_or_behind_a_link_is_not_read(templates: str, failure: str, views: Path, tmp_path: Path) -> None:
    (views / "file.md.j2").write_text("leaked")
    (tmp_path / "linked").symlink_to(tmp_path / "views")
    found = _expect(tmp_path, "file", templates=templates)
    assert found.body is None
    assert found.failure.startswith("unknown view file; ")
    assert found.failure.endswith(failure)


def test_a_project_whose_folder_cannot_be_read_still_has_the_built_in_views(tmp_path: Path) -> None:
    assert _expect(tmp_path, "metrics", templates="gone").failure == ""


def test_templates_that_are_links_or_no_text_are_refused_by_name(views: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md.j2"
    secret.write_text("leaked")
    (views / "linked.md.j2").symlink_to(secret)
    (views / "metrics.md.j2").symlink_to(secret)
    (views / "folder.md.j2").mkdir()
    (views / "bytes.md.j2").write_bytes(b"\xff\xfe")
    (views / "large.md.j2").write_text("x" * (folders.MAX_FILE + 1))
    os.mkfifo(views / "pipe.md.j2")
    (views / "includes.md.j2").write_text("{% include 'linked.md.j2' %}")
    (views / "sound.md.j2").write_text("sound")
    reasons = {
        "linked": "the template linked.md.j2 is a symbolic link, so it is not used",
        "metrics": "the template metrics.md.j2 is a symbolic link, so it is not used",
        "folder": "the template folder.md.j2 is no regular file, so it is not used",
        "bytes": "the template bytes.md.j2 is not UTF-8, so it is not used",
        "large": "the template large.md.j2 is over the limit of 262,144 bytes, so it is not used",
        "pipe": "the template pipe.md.j2 is no regular file, so it is not used",
        "includes": "includes.md.j2 includes linked.md.j2, which is no template of the project or of docsync",
        "sound": "",
    }
    assert {name: _expect(tmp_path, name).failure for name in reasons} == reasons


def test_an_unreadable_template_is_refused(views: Path, tmp_path: Path) -> None:
    (views / "private.md.j2").write_text("x")
    (views / "private.md.j2").chmod(0)
    if os.access(views / "private.md.j2", os.R_OK):
        pytest.skip("this user may read everything")
    assert "cannot be read" in _expect(tmp_path, "private").failure


def test_a_folder_of_too_many_templates_is_refused(views: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_FILES", 2)
    for name in "abc":
        (views / f"{name}.md.j2").write_text("x")
    assert _expect(tmp_path, "a").failure.endswith("holds 3 templates, over the limit of 2")


def test_templates_of_an_installed_package_come_before_those_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "docsync"
    (package / "templates").mkdir(parents=True)
    (package / "templates" / "only.md.j2").write_text("{# The only one. #}")
    (package / "templates" / "README.md").write_text("no template")
    monkeypatch.setattr(docsync, "__file__", str(package / "__init__.py"))
    assert [view.name for view in list_views(DEFAULT, str(tmp_path))] == ["only"]
