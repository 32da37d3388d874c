from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_docs_worked_example import BLOCK, played, project

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "changing.md"

__all__ = ["project"]


@pytest.mark.usefixtures("project")
def test_changes_print_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """DOCSYNC_GOLDEN=write shows it anew."""
    text = PAGE.read_text(encoding="utf-8")
    blocks = list(played(text, capsys))
    if os.environ.get("DOCSYNC_GOLDEN") == "write":
        fresh = iter(blocks)
        PAGE.write_text(BLOCK.sub(lambda _: "```console\n{0}{2}```".format(*next(fresh)), text), encoding="utf-8")
    assert [(commands, printed) for commands, _, printed in blocks] == [(commands, shown) for commands, shown, _ in blocks]
    assert len(blocks) == len(BLOCK.findall(text)) > 12
