"""`docsync repair`: put text right that was decoded wrongly."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docsync.cli.options import STDIN, cache_option, paths_argument, root_option
from docsync.cli.streams import colours, columns, emit, emit_patch, say
from docsync.cli.telling import told
from docsync.cli.thresholds import exit_code
from docsync.engine.repairing import Repairs, repair
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.engine.texts import texts_of
from docsync.reporters.counting import counted
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape_path
from docsync.reporters.text import findings
from docsync.text.edits import unified_diff


@click.command("repair")
@paths_argument
@root_option
@cache_option
@click.option("--diff", is_flag=True, help="Write nothing; print what would change as a unified diff.")
def command(paths: tuple[str, ...], root: str | None, *, no_cache: bool, diff: bool) -> int:
    """Write text as it was meant where it was decoded wrongly.

    It puts right what DS017 reports: UTF-8 that was read in another charset and saved again. What could have been several
    signs is left as it is. Exit codes: 0 done, 2 a file could not be read or written.
    """
    if STDIN in paths:
        raise click.UsageError("repair rewrites files; it takes no text from standard input")
    request = Request(root or default_root(paths), paths, not no_cache)
    with told():
        repairs = repair(request, write=not diff)
    if diff:
        files = ((each.before, each.after) for each in repairs.done)
        emit_patch("".join(unified_diff(before.path, before.text, after, bom=before.bom) for before, after in files))
    story = "\n".join(_story(request, repairs, written=not diff))
    say(story) if diff else emit(story + "\n")
    return exit_code(repairs.left)


def _story(request: Request, repairs: Repairs, *, written: bool) -> Iterator[str]:
    for each in repairs.done:
        yield f"{escape_path(each.before.path)}: {counted(each.pieces, 'place')} read as {each.charset}"
    verb = "Rewrote" if written else "Would rewrite"
    yield f"{verb} {counted(len(repairs.done), 'file')}." if repairs.done or repairs.left.diagnostics else "Nothing to repair."
    if repairs.left.diagnostics:
        yield from ("", "Left as it is:" if len(repairs.left.diagnostics) == 1 else "Left as they are:", "")
        yield findings(repairs.left, Display(texts_of(request), colours(), columns()))
