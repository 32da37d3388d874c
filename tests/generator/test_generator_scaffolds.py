from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from docsync.config.loading import default_config
from docsync.generator.catalogue import list_views
from docsync.generator.scaffolds import ANY, load_scaffolds, rendered, scaffold_of
from docsync.models.records import Json
from docsync.models.schema import FieldType

CONFIG = default_config()
TEMPLATES = Path(__file__).parents[2] / "templates"


def test_every_kind_has_a_scaffold_and_one_is_for_any() -> None:
    names = set(load_scaffolds(CONFIG, os.curdir).views)
    assert names == {*CONFIG.kinds, ANY, "handover"}


def test_no_scaffold_is_a_view() -> None:
    views = {view.name for view in list_views(CONFIG, os.curdir)}
    assert views == {path.name.removesuffix(".md.j2") for path in TEMPLATES.glob("*.md.j2")}


@pytest.mark.parametrize("kind", sorted(CONFIG.kinds))
def test_a_manual_lists_fields_that_the_kind_has(kind: str) -> None:
    view = scaffold_of(load_scaffolds(CONFIG, os.curdir), kind)
    spec = CONFIG.kinds[kind]
    assert view.summary
    assert [attribute.name for attribute in view.attributes or () if attribute.name not in spec.fields] == []
    for attribute in view.attributes or ():
        if spec.fields[attribute.name].type is FieldType.STATUS and attribute.default:
            assert attribute.default in CONFIG.words
    assert re.match(rf"docsync new {kind} ", view.example)


@pytest.mark.parametrize("name", sorted({*CONFIG.kinds, ANY}))
@pytest.mark.parametrize("form", ["file", "section"])
def test_a_scaffold_gives_the_parts_in_their_order(name: str, form: str) -> None:
    catalogue = load_scaffolds(CONFIG, os.curdir)
    fields: dict[str, Json] = dict.fromkeys(CONFIG.kinds[name].fields if name in CONFIG.kinds else ())
    context: dict[str, Json] = {
        "kind": name,
        "id": "X1",
        "title": "A *title*",
        "date": "2026-05-01",
        "form": form,
        "head": "# X1: A *title*",
        "lines": "- **Status**: Ready" if form == "section" else "",
        "sub": "##",
        "criteria_lead": "## Acceptance criteria",
        "fields": fields,
        "criteria": ["It | holds"],
    }
    text = rendered(catalogue, scaffold_of(catalogue, name), context, CONFIG)
    assert text.startswith("# X1: A *title*")
    assert "\n\n\n" not in text
    assert ("- **Status**: Ready" in text) == (form == "section")
    assert "{" not in text
    assert text.count("<!--") == text.count("-->")
    if name in ("hole", "task", "gate", ANY):
        assert "\n\n- [ ] It \\| holds" in text


def test_a_kind_without_one_takes_that_of_any_record() -> None:
    catalogue = load_scaffolds(CONFIG, os.curdir)
    assert scaffold_of(catalogue, "lighthouse").name == ANY
