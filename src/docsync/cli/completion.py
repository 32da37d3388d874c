"""`docsync completion`: what a shell needs to complete docsync's commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from docsync.cli.streams import emit

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    r"""Print the completion script of a shell.

    \b
    bash: docsync completion bash > ~/.local/share/bash-completion/completions/docsync
    zsh:  docsync completion zsh > a file named _docsync in a folder of $fpath
    fish: docsync completion fish > ~/.config/fish/completions/docsync.fish
    """
    completing = get_completion_class(shell)
    if completing:
        emit(completing(ctx.find_root().command, {}, "docsync", "_DOCSYNC_COMPLETE").source() + "\n")
