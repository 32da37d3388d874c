from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from report_builders import HARBOUR, LOG, harbour

from docsync.reporters.display import Display
from docsync.reporters.formats import FORMATS, reporter

GOLDEN = Path(__file__).parent.parent / "golden"
TEXTS = {"docs/HARBOUR.md": HARBOUR, "LOG.md": LOG}


def agrees(name: str, output: str) -> None:
    """Compare with the kept output; `DOCSYNC_GOLDEN=write` keeps this one instead, to be read before it is committed."""
    path = GOLDEN / name
    if os.environ.get("DOCSYNC_GOLDEN") == "write":
        path.write_bytes(output.encode())
    assert output == path.read_bytes().decode()


def without_pages(output: str) -> str:
    """Leave out the manual pages, which change with their rules."""
    started = re.sub(r'(?<=": ")Report (?:[^"\\]|\\.)*', "…", output)
    return re.sub(r'("fullDescription": \{\s*"text": ")(?:[^"\\]|\\.)*', r"\1…", started)


@pytest.mark.parametrize(
    ("name", "format_name", "display"),
    [
        ("report.txt", "text", Display(TEXTS.get)),
        ("report-colour.txt", "text", Display(TEXTS.get, colour=True)),
        ("report-evidence.txt", "text", Display(TEXTS.get, evidence=True)),
        ("report.json", "json", Display(TEXTS.get)),
        ("report.github", "github", Display(TEXTS.get, prefix="harbour/")),
        ("report.gitlab.json", "gitlab", Display(TEXTS.get, prefix="harbour/")),
        ("report.sarif", "sarif", Display(TEXTS.get, prefix="harbour/")),
        ("report.junit.xml", "junit", Display(TEXTS.get, prefix="harbour/")),
    ],
)
def test_output_is_as_kept(name: str, format_name: str, display: Display) -> None:
    agrees(name, without_pages(reporter(format_name).render(harbour(), display)))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_its_last_line(name: str) -> None:
    assert reporter(name).render(harbour(), Display(TEXTS.get)).endswith("\n")
