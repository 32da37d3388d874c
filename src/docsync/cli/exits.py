"""What docsync's exit codes mean."""

from __future__ import annotations

from typing import Final

OK: Final = 0
"""Nothing to report."""
FOUND: Final = 1
"""Findings of the rank that the project fails on, or a rewrite that `--check` found to be due."""
FAILED: Final = 2
"""The job could not be done: usage, configuration, or a file that was named or had to be written and could not be."""
INTERRUPTED: Final = 130
TERMINATED: Final = 143
"""Ended by SIGTERM, as a shell tells it."""
