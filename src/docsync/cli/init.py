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
@click.option("--adopt", is_flag=True, help="Propose one for the documents as they are: homes, ids, words, tables, numbers.")
@click.option("--dry-run", is_flag=True, help="With --adopt: say what would be written, and write nothing.")
@click.option(
    "--markers", is_flag=True, help="With --adopt: put markers around tables and above numbers that could be kept true."
)
@click.option("--no-baseline", is_flag=True, help="With --adopt: do not hold back the findings that there are.")
def command(root: str | None, *, adopt: bool, dry_run: bool, markers: bool, no_baseline: bool) -> None:
    """Write a docsync.toml in which every choice is explained and stands at its default; never over another one.

    With --adopt, read the documents first and propose which of them are homes of which records, each with its reasons. A check
    shows that the proposal brings no fault of form; contradictions that it brings to light are held back by a baseline.
    """
    folder = root or default_root(())
    own, shared = CONFIG_FILES
    if (dry_run or markers or no_baseline) and not adopt:
        raise click.UsageError("--dry-run, --markers and --no-baseline go with --adopt")
    if configures(os.path.join(folder, shared)):
        raise Failure(f"{shared}: it configures docsync already, in [tool.docsync]")
    if adopt:
        from docsync.cli.adopting import propose  # noqa: PLC0415  # it imports the whole engine, which a plain init does not need

        if os.path.lexists(os.path.join(folder, own)):
            raise Failure(f"{own}: it is there already and is not overwritten")
        propose(folder, markers=markers, hold_back=not no_baseline, dry_run=dry_run)
        return
    try:
        create(folder, own, starter_text())
    except Refusal as refusal:
        raise Failure(f"{own}: {refusal.message}") from refusal
    written = escape_path(os.path.relpath(os.path.join(folder, own)))
    emit(f"Wrote {written}. Everything in it is a default, so nothing has changed yet.\n")
