"""How a job that cannot be done is told: in one line each, with exit code 2."""

from __future__ import annotations

from typing import IO, Any

import click

from docsync.cli.exits import FAILED
from docsync.reporters.escaping import escape


class Failure(click.ClickException):
    """Carry what is said, a line for each fault."""

    exit_code = FAILED

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the faults as they are, without click's own prefix, since they begin with a file's name."""
        for line in self.message.split("\n"):
            click.echo(f"docsync: {escape(line)}", file=file, err=True)
