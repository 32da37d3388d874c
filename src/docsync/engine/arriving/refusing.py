"""Why something new is not taken into a project."""

from __future__ import annotations

from docsync.engine.request import JobError


class Unwelcome(JobError):
    """Say, a line for each reason, what is wrong with what was to be written; nothing was."""
