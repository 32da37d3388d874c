"""What each view gives for the sample plan: one file in golden/ a case, the region's attributes in its first line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from generator_samples import DEFAULT, document, project, region

from docsync.generator.catalogue import list_views
from docsync.generator.regions import expectations

_GOLDEN = Path(__file__).parent / "golden"
_CASES = sorted(_GOLDEN.glob("*.md"))
_ATTRIBUTE = re.compile(r'([a-z_]+)="([^"]*)"')


def _rendered(attributes: dict[str, str]) -> str:
    asked = region("case", attributes.pop("view"), **attributes)
    (expected,) = expectations(project(document("docs/STATE.md", asked)), os.curdir, {}, lambda _path: ())
    assert expected.failure == ""
    assert expected.body is not None
    return expected.body


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.stem)
def test_a_view_gives_its_golden_body(case: Path) -> None:
    first, _, wanted = case.read_text(encoding="utf-8").partition("\n")
    assert _rendered(dict(_ATTRIBUTE.findall(first))) == wanted


def test_every_built_in_view_has_a_golden_body() -> None:
    shown = {dict(_ATTRIBUTE.findall(case.read_text(encoding="utf-8")))["view"] for case in _CASES}
    assert shown == {view.name for view in list_views(DEFAULT, os.curdir)}
