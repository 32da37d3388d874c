"""`docsync show`: all about one record."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, look
from docsync.cli.streams import emit
from docsync.project.asking.card import card_of
from docsync.project.asking.finding import found
from docsync.reporters.asked.cards import card_json, card_text


@click.command("show")
@click.argument("name", metavar="ID")
@asking_options
def command(name: str, *, root: str | None, as_json: bool, no_cache: bool) -> None:
    """Show a record: its fields, its home, what it waits for and what waits for it, its criteria, its proof, its mentions.

    ID is an id, a number such as 'Phase 2', PATH#ID where several records share an id, or the PATH:LINE of a record's home.
    """
    with asked(root, no_cache=no_cache) as project:
        card = card_of(project, found(project, name))
        emit(card_json(project, card) if as_json else card_text(project, card, look()))
