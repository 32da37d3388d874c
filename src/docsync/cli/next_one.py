"""`docsync next`: the one thing to start, and why."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, kind_option, phase_option
from docsync.cli.ready import chosen, silent
from docsync.cli.streams import emit
from docsync.project.asking.kinds import kind_named
from docsync.project.asking.starting import advise
from docsync.reporters.asked.starting import advice_json, advice_text


@click.command("next")
@phase_option
@kind_option
@asking_options
def command(*, phase: str, kind: str, root: str | None, as_json: bool, no_cache: bool) -> None:
    """Say which work to start next, and why.

    It is the first of what docsync ready lists that is not begun yet and whose phase is current; of a later phase, or one that
    says of itself that it is blocked, only where nothing else is left.
    """
    with asked(root, no_cache=no_cache, of_records=True) as project:
        only = kind_named(project, kind) if kind else ""
        advice = advise(project, chosen(project, phase, only), only)
        emit((advice_json if as_json else advice_text)(project, advice, silent(project, phase, only)))
