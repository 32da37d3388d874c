"""Which output formats there are, and the module of each."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from docsync.reporters.display import Reporter

FORMATS: Final = {
    "text": "docsync.reporters.text",
    "json": "docsync.reporters.json_report",
    "github": "docsync.reporters.github",
    "gitlab": "docsync.reporters.gitlab",
    "sarif": "docsync.reporters.sarif",
    "junit": "docsync.reporters.junit",
}
"""Each format's module, imported only when it is asked for."""


def reporter(name: str) -> Reporter:
    """Give the reporter of a format that is in the table."""
    return cast("Reporter", import_module(FORMATS[name]))
