"""`docsync watch`: show the findings as they stand, and what each change makes of them."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click

from docsync.cli.exits import TERMINATED
from docsync.cli.options import STDIN, cache_option, paths_argument, root_option
from docsync.cli.screen import Screen
from docsync.cli.telling import told
from docsync.cli.watching import Watch
from docsync.engine import Request
from docsync.engine.hints import Clock, Events, Hints
from docsync.engine.roots import default_root
from docsync.engine.session import Session

_FORMATS = ("text", "json")
_RESCAN = 30.0
_POLL = 1.0


@click.command("watch")
@paths_argument
@root_option
@cache_option
@click.option("--regenerate", "regenerates", is_flag=True, help="Rewrite what is generated whenever it is out of date.")
@click.option("--poll", is_flag=True, help="Look at all files again and again, where the system tells of no changes.")
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help=f"How often to look at all files [default: {_RESCAN:g}; with --poll {_POLL:g}].",
)
@click.option("--output-format", type=click.Choice(_FORMATS), default="text", help="How to print what changed.")
@click.option("--show-notes", is_flag=True, help="Show findings of the severity info, too.")
@click.option("--show-evidence", is_flag=True, help="Show what each finding was counted or compared from.")
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    paths: tuple[str, ...],
    root: str | None,
    *,
    no_cache: bool,
    regenerates: bool,
    poll: bool,
    every: float | None,
    output_format: str,
    show_notes: bool,
    show_evidence: bool,
) -> None:
    """Show the findings as they stand, and after each save what broke and what healed.

    Nothing is written without --regenerate. Ctrl-C ends it.
    """
    if STDIN in paths:
        raise click.UsageError("watch looks at files; it takes no text from standard input")
    signal.signal(signal.SIGTERM, _terminated)
    request = Request(root or default_root(paths), paths, not no_cache)
    with told():
        session = Session(request)
    screen = Screen(request, output_format == "json", show_evidence, show_notes)
    Watch(session, screen, _no_events if poll else Events, every or (_POLL if poll else _RESCAN), regenerates).run()


def _no_events(root: str) -> Hints:
    del root
    return Clock()


def _terminated(number: int, frame: FrameType | None) -> None:
    del number, frame
    sys.exit(TERMINATED)
