"""The rim of checking: what is asked for, found, remembered, read, judged and put right."""

from docsync.engine.request import JobError, Request
from docsync.engine.results import FileChange, Regeneration, Wish
from docsync.engine.running import check, regenerate

__all__ = ["FileChange", "JobError", "Regeneration", "Request", "Wish", "check", "regenerate"]
