"""`docsync init`: a configuration file to start from."""

from __future__ import annotations

import os

import click

from docsync.cli.failures import Failure
from docsync.cli.options import root_option
from docsync.cli.streams import emit
from docsync.config.starter import starter_text
from docsync.engine.roots import CONFIG_FILES, configures, default_root
from docsync.reporters.escaping import escape_path
from docsync.text.creating import create
from docsync.text.refusal import Refusal


@click.command("init")
@root_option
def command(root: str | None) -> None:
    """Write a docsync.toml in which every choice is explained and stands at its default; never over another one."""
    folder = root or default_root(())
    own, shared = CONFIG_FILES
    if configures(os.path.join(folder, shared)):
        raise Failure(f"{shared}: it configures docsync already, in [tool.docsync]")
    try:
        create(folder, own, starter_text())
    except Refusal as refusal:
        raise Failure(f"{own}: {refusal.message}") from refusal
    written = escape_path(os.path.relpath(os.path.join(folder, own)))
    emit(f"Wrote {written}. Everything in it is a default, so nothing has changed yet.\n")
