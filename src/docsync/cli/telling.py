"""Which exceptions of a job mean that it cannot be done, and are told and not shown as a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docsync.cli.failures import Failure
from docsync.config.errors import ConfigError
from docsync.engine.request import JobError


@contextmanager
def told() -> Iterator[None]:
    """Turn what keeps a job from being done into a message."""
    try:
        yield
    except (JobError, ConfigError) as error:
        raise Failure(str(error)) from error
