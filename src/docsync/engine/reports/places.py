"""Where reports are when a project does not name them: where the tools that write them put them."""

from __future__ import annotations

from typing import Final

JUNIT: Final = (
    "junit.xml",
    "report.xml",
    "test-results.xml",
    "reports/junit.xml",
    "reports/junit/*.xml",
    "test-results/*.xml",
    "test-reports/*.xml",
    "build/test-results/**/*.xml",
    "target/surefire-reports/*.xml",
)
COVERAGE: Final = (
    "coverage.xml",
    "coverage.json",
    "reports/coverage.xml",
    "reports/coverage.json",
    "coverage/cobertura-coverage.xml",
)
NODE_IDS: Final = (".pytest_cache/v/cache/nodeids",)
"""The first pattern that matches counts, since the others may hold the same, or older, reports."""
