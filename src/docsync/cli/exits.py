"""What docsync's exit codes mean; plain numbers, since every run reads them before it imports anything."""

from __future__ import annotations

OK = 0
"""Nothing to report."""
FOUND = 1
"""Findings of the rank that the project fails on, or a rewrite that `--check` found to be due."""
FAILED = 2
"""The job could not be done: usage, configuration, or a file that was named or had to be written and could not be."""
INTERRUPTED = 130
TERMINATED = 143
"""Ended by SIGTERM, as a shell tells it."""
