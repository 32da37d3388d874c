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


OF_REPOSITORIES: Final = frozenset({"github", "gitlab", "sarif", "junit"})
"""The formats whose readers know files by their paths in the repository, which may hold several projects."""
STATISTICS: Final = {
    "text": "docsync.reporters.statistics",
    "json": "docsync.reporters.json_statistics",
}
"""The modules that count findings in place of showing them."""


def reporter(name: str, *, statistics: bool = False) -> Reporter:
    """Give the reporter of a format that is in the table."""
    return cast("Reporter", import_module((STATISTICS if statistics else FORMATS)[name]))
