from __future__ import annotations

import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

import docsync
from docsync.cache.facts import Key, keep_facts, recall_facts
from docsync.cache.folder import CacheFolder
from docsync.cache.identity import identity
from docsync.cache.memory import MEMORY, keep_written, recall_written
from docsync.models.claims import Form, Number, Quantity, Scope
from docsync.models.document import DocumentFacts
from docsync.text.source import line_index
from docsync.text.spans import Span


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(str(tmp_path))


def facts(path: str, text: str) -> tuple[Key, DocumentFacts]:
    return (path, text.encode()), DocumentFacts(path, "", "\n", line_index(text))


def keep(folder: CacheFolder, *files: tuple[str, str], name: str = "v") -> None:
    keep_facts(folder, name, recall_facts(folder, name), dict(facts(*file) for file in files))


def test_facts_come_back_by_path_and_bytes(folder: CacheFolder) -> None:
    keep(folder, ("a.md", "one"), ("b.md", "two\n"))
    kept = recall_facts(folder, "v").facts
    assert kept == dict([facts("a.md", "one"), facts("b.md", "two\n")])
    assert not recall_facts(folder, "w").facts


def test_many_facts_are_kept_in_pieces_that_are_read_one_by_one(folder: CacheFolder) -> None:
    files = [(f"{at}.md", "x") for at in range(1_201)]
    keep(folder, *files)
    kept = recall_facts(folder, "v")
    assert kept.facts == dict(facts(*file) for file in files)
    (part,) = kept.parts
    assert len(list(folder.pieces(part))) == 3


def test_equal_numbers_of_many_documents_are_one_object(folder: CacheFolder) -> None:
    scope, span = Scope(), Span(0, 1)
    current = {}
    for at in range(600):
        key, one = facts(f"{at}.md", "3")
        count = Number(Decimal("3.10"), span)
        current[key] = replace(one, quantities=(Quantity(span, "3", scope, Form.PROSE, count=count),))
    keep_facts(folder, "v", recall_facts(folder, "v"), current)
    counts = [one.quantities[0].count for one in recall_facts(folder, "v").facts.values()]
    assert {str(count.value) for count in counts if count} == {"3.10"}
    assert len({id(count.value) for count in counts if count}) == 1


def test_only_what_is_new_is_written(folder: CacheFolder) -> None:
    keep(folder, *((f"{at}.md", "x" * 1000) for at in range(50)))
    (first,) = recall_facts(folder, "v").parts
    size = os.path.getsize(folder.path_of(first))
    keep(folder, *((f"{at}.md", "x" * 1000) for at in range(50)), ("new.md", "y"))
    assert set(recall_facts(folder, "v").parts) > {first}
    assert sum(os.path.getsize(folder.path_of(part)) for part in recall_facts(folder, "v").parts) < size * 1.5
    before = recall_facts(folder, "v").parts
    keep(folder, ("new.md", "y"))
    assert recall_facts(folder, "v").parts == before


def test_many_parts_become_one_that_holds_what_is_in_use(folder: CacheFolder) -> None:
    for at in range(30):
        keep(folder, ("a.md", f"version {at}"), ("b.md", "same"))
    kept = recall_facts(folder, "v")
    assert len(kept.parts) <= 9
    assert ("b.md", b"same") in kept.facts
    assert ("a.md", b"version 29") in kept.facts
    assert ("a.md", b"version 0") not in kept.facts


def test_leftovers_do_not_pile_up(folder: CacheFolder) -> None:
    keep(folder, *((f"{at}.md", "old") for at in range(500)))
    keep(folder, ("a.md", "new"))
    assert len(recall_facts(folder, "v").facts) == 1


def test_other_versions_are_forgotten_in_time(folder: CacheFolder) -> None:
    for at in range(60):
        keep(folder, ("a.md", "x"), name=f"version {at}")
    assert len(folder.names("")) == 24
    assert recall_facts(folder, "version 59").facts


def test_a_damaged_part_is_passed_over(folder: CacheFolder) -> None:
    keep(folder, ("a.md", "one"))
    Path(folder.path_of("facts-v-0")).write_bytes(b"nonsense")
    assert list(recall_facts(folder, "v").facts) == [("a.md", b"one")]


def test_facts_that_cannot_be_kept_are_not(folder: CacheFolder) -> None:
    key, one = facts("a.md", "x")
    odd = DocumentFacts(one.path, "", "\n", one.lines, title=lambda: None)  # type: ignore[arg-type]  # nothing else is odd enough
    keep_facts(folder, "v", recall_facts(folder, "v"), {key: odd})
    assert folder.names("") == ()


def test_what_was_written_is_remembered_until_its_file_goes(folder: CacheFolder) -> None:
    assert recall_written(folder) == {}
    keep_written(folder, {("a.md", "r"): "one", ("b.md", "r"): "two"}, frozenset({"a.md", "b.md"}))
    keep_written(folder, {("a.md", "s"): "three", ("a.md", "r"): "four"}, frozenset({"a.md"}))
    assert recall_written(folder) == {("a.md", "r"): "four one", ("a.md", "s"): "three"}


@pytest.mark.parametrize("kept", [b"no json", b"[]", b'{"a.md": 3}', b'{"a.md": {"r": 3}}'])
def test_a_strange_memory_is_none(folder: CacheFolder, kept: bytes) -> None:
    folder.write(MEMORY, kept)
    assert recall_written(folder) == {}


def test_the_identity_changes_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity()
    assert identity() == before
    monkeypatch.setattr(docsync, "__version__", "9.9.9")
    assert identity() != before


def test_the_identity_changes_with_the_code_that_is_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "docsync"
    (package / "deep").mkdir(parents=True)
    module = package / "deep" / "x.py"
    module.write_text("a = 1\n")
    monkeypatch.setattr(docsync, "__file__", str(package / "__init__.py"))
    before = identity()
    module.write_text("a = 12\n")
    assert identity() != before


def test_installed_code_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "docsync"
    package.mkdir(parents=True)
    monkeypatch.setattr(docsync, "__file__", str(package / "__init__.py"))
    before = identity()
    (package / "x.py").write_text("a = 1\n")
    assert identity() == before


def test_the_identity_does_not_need_the_libraries_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity()
    monkeypatch.setattr(sys, "path", [])
    assert identity() != before


@pytest.mark.parametrize("library", ["markdown_it", "msgspec"])
def test_the_identity_changes_with_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    before = identity()
    (tmp_path / library).mkdir()
    (tmp_path / library / "__init__.py").write_text("release = 99\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert identity() != before


def test_only_the_latest_bodies_of_a_region_are_remembered(folder: CacheFolder) -> None:
    for number in range(12):
        keep_written(folder, {("a.md", "r"): f"d{number}"}, frozenset({"a.md"}))
    keep_written(folder, {("a.md", "r"): "d9"}, frozenset({"a.md"}))
    assert recall_written(folder)[("a.md", "r")].split() == ["d9", "d11", "d10", "d8", "d7", "d6", "d5", "d4"]
