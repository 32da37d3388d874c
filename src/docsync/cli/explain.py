"""`docsync explain`: the manual page of a rule."""

from __future__ import annotations

import click

from docsync.cli.failures import Failure
from docsync.cli.streams import emit
from docsync.validator.catalogue import Unknown, find
from docsync.validator.rule import RuleModule


@click.command("explain")
@click.argument("rule", metavar="CODE|NAME")
def command(rule: str) -> None:
    """Show the manual page of a rule, named by its code (DS203) or its name."""
    found = find(rule)
    if isinstance(found, Unknown):
        raise Failure(
            f"no rule {rule}; {f'did you mean {found.nearest}?' if found.nearest else 'docsync rules lists them all'}"
        )
    emit(_page(found))


def _page(rule: RuleModule) -> str:
    kept = "; docsync regenerate applies its safe fixes" if rule.KEEPS else ""
    return f"# {rule.CODE} {rule.NAME}\n\n{rule.SEVERITY.value}{kept}\n\n{(rule.__doc__ or '').strip()}\n"
