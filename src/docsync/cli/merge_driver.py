"""`docsync merge-driver`: what git calls to merge a document that both sides have changed."""

from __future__ import annotations

from typing import Final

import click

from docsync.cli.exits import FOUND, OK
from docsync.config.errors import ConfigError
from docsync.config.loading import default_config, load_config
from docsync.config.values import Config
from docsync.engine.git.merging import Merged, Style, Versions, merge, merge_plainly
from docsync.engine.request import JobError
from docsync.engine.roots import default_root

_FAILED: Final = 129
"""Above 128 git takes a driver for broken and stops the merge; at or below, what the file holds for merged with conflicts."""


@click.command("merge-driver")
@click.argument("base", metavar="%O", type=click.Path(exists=True, dir_okay=False))
@click.argument("ours", metavar="%A", type=click.Path(exists=True, dir_okay=False))
@click.argument("theirs", metavar="%B", type=click.Path(exists=True, dir_okay=False))
@click.argument("signs", metavar="%L", type=click.IntRange(1, 1000))
@click.argument("path", metavar="%P")
@click.argument("names", metavar="[%S %X %Y]", nargs=-1)
def command(base: str, ours: str, theirs: str, signs: int, path: str, names: tuple[str, ...]) -> int:  # noqa: PLR0913, PLR0917  # as git calls it
    """Merge a document that both sides changed, as git calls it; `docsync install-hooks` tells git so.

    What people wrote is merged line by line, as git does, and conflicts there stay conflicts. Generated regions, bound digits
    and computed values never conflict: they are taken from the side that changed them, and regenerated after the merge. The
    result is written to %A. Exit codes: 0 merged, 1 conflicts are left and marked, 129 it could not be merged.
    """
    try:
        versions = Versions(_bytes(ours), _bytes(base), _bytes(theirs))
        merged = _merged(path, versions, Style(signs, _labels(names)))
        with open(ours, "wb") as stream:  # git's own copy, which it reads back
            stream.write(merged.raw)
    except (OSError, JobError) as error:
        click.echo(f"docsync: {path}: it could not be merged: {error}", err=True)
        return _FAILED
    return FOUND if merged.conflicts else OK


def _merged(path: str, versions: Versions, style: Style) -> Merged:
    try:
        return merge(path, versions, _config(path), style)
    except JobError:
        raise
    except Exception as error:  # noqa: BLE001  # a fault of ours must cost nobody a merge: git's own way is always there
        click.echo(f"docsync: {path}: merged as plain text, since docsync failed: {type(error).__name__}: {error}", err=True)
        return merge_plainly(versions, style)


def _config(path: str) -> Config:
    """Give the project's choices; the defaults while its configuration is itself being merged and makes no sense."""
    try:
        return load_config(default_root((path,)))
    except ConfigError:
        return default_config()


def _labels(names: tuple[str, ...]) -> tuple[str, str, str]:
    """Give what git calls the base, ours and theirs in the order of the text; an older git does not say, and passes `%S`."""
    if len(names) != 3 or any(not name or name.startswith("%") for name in names):  # noqa: PLR2004  # the three
        return Style().names
    base, ours, theirs = names
    return ours, base, theirs


def _bytes(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()
