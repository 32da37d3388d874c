from __future__ import annotations

import pytest

from docsync.project.evidence import NO_EVIDENCE, Evidence

PRESENT = frozenset(
    {
        "README.md", "docs", "docs/GUIDE.md", "docs/deep", "docs/deep/PLAN.md", "src", "src/pump", "src/pump/valve.py",
        "src/pump/seal.py", "old", "old/v2-GUIDE.md", "src/lamp.py",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("PLAN.md", "docs/deep/PLAN.md"),
        ("deep/PLAN.md", "docs/deep/PLAN.md"),
        ("docs/GUIDE.md", "docs/GUIDE.md"),
        ("../GUIDE.md", "docs/GUIDE.md"),
        ("pump/valve.py", "src/pump/valve.py"),
        ("harbour/src/lamp.py", "src/lamp.py"),
        ("valve.py", "src/pump/valve.py"),
        ("other/valve.py", ""),
        ("../../../README.md", "README.md"),
        ("gone.md", ""),
        ("..", "docs"),
    ],
)
def test_a_path_is_looked_for_from_every_folder_it_may_be_meant_from(path: str, found: str) -> None:
    assert Evidence(PRESENT).find(path, "docs/deep/PLAN.md") == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("PLAN.md", "docs/deep/PLAN.md"),
        ("../GUIDE.md", "docs/GUIDE.md"),
        ("../..", ""),
        ("../../../x.md", None),
        ("a/", "docs/deep/a"),
    ],
)
def test_a_link_is_followed_from_its_document(path: str, found: str | None) -> None:
    assert Evidence(PRESENT).follow(path, "docs/deep/PLAN.md") == found


def test_files_are_known_by_name_folder_and_ending() -> None:
    evidence = Evidence(PRESENT)
    assert evidence.named("guide.MD") == ("docs/GUIDE.md",)
    assert evidence.beside("src/pump/gone.py") == ("seal.py", "valve.py")
    assert evidence.ending("GUIDE.md") == ("old/v2-GUIDE.md",)


def test_sources_are_what_is_no_document() -> None:
    assert Evidence(PRESENT).has_sources
    assert not Evidence(frozenset({"a.md", "b.txt", "src", "c.py"})).has_sources


def test_where_nobody_looked_nothing_is_known() -> None:
    assert not NO_EVIDENCE.at_hand
    assert not NO_EVIDENCE.exists("a.md")
    assert NO_EVIDENCE.exists("")
    assert NO_EVIDENCE.line_count("a.md") is None
    assert NO_EVIDENCE.unknown_commits({"1234567a"}) is None
