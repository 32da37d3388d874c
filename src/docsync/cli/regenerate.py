"""`docsync regenerate`: put generated regions and bound numbers right."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docsync.cli.exits import FOUND, OK
from docsync.cli.options import STDIN, cache_option, crew_options, paths_argument, root_option
from docsync.cli.rewrites import rewritten
from docsync.cli.streams import colours, columns, emit, emit_patch, say
from docsync.cli.telling import told
from docsync.cli.thresholds import exit_code
from docsync.engine import Regeneration, Request, Wish, regenerate
from docsync.engine.answering import keep_answer
from docsync.engine.request import Crew
from docsync.engine.roots import default_root
from docsync.engine.texts import texts_of
from docsync.reporters.counting import counted
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.text import findings
from docsync.text.edits import unified_diff


@click.command("regenerate")
@paths_argument
@root_option
@cache_option
@crew_options
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if something would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change as a unified diff.")
@click.option(
    "--unsafe", is_flag=True, help="Apply every fix, also those that may be wrong, but for what the baseline knows of."
)
@click.option("--overwrite-edited", is_flag=True, help="Rewrite regions that were edited by hand, too.")
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    paths: tuple[str, ...],
    root: str | None,
    *,
    no_cache: bool,
    jobs: int,
    executor: str,
    only_check: bool,
    diff: bool,
    unsafe: bool,
    overwrite_edited: bool,
) -> int:
    """Rewrite generated regions and bound numbers that are out of date, and nothing else.

    A number is bound by a `docsync:claim` comment above its block, or by a sentence that names what is counted, its state and
    the total (`5/19 holes resolved`), as long as no other document contradicts the statuses that it follows from.

    A region that was edited by hand is kept and reported. Exit codes: 0 all is as it should be now, 1 something was left (or,
    with --check, would change), 2 a file that had to be written could not be.
    """
    if STDIN in paths:
        raise click.UsageError("regenerate rewrites files; it takes no text from standard input")
    request = Request(root or default_root(paths), paths, not no_cache, crew=Crew(jobs, executor))
    write = not (only_check or diff)
    with told():
        done = regenerate(request, Wish(unsafe, overwrite_edited, write))
    if diff:
        emit_patch("".join(unified_diff(each.path, each.before.text, each.after, bom=each.before.bom) for each in done.changes))
    story = "\n".join(_story(request, done, written=write))
    if done.rests_on:
        keep_answer(request, done.rests_on, f"{story}\n", OK)
    say(story) if diff else emit(story + "\n")
    return exit_code(done.left) or (FOUND if only_check and done.changes else 0)


def _story(request: Request, done: Regeneration, *, written: bool) -> Iterator[str]:
    """Tell what was changed, what was left and why."""
    yield from map(rewritten, done.changes)
    verb = "Rewrote" if written else "Would rewrite"
    anything = done.changes or done.left.diagnostics
    yield f"{verb} {counted(len(done.changes), 'file')}." if anything else "Nothing to rewrite."
    for path, one, other in done.unsettled:
        yield from ("", f"One more round would change {escape_path(path)} again:")
        yield from (escape(line) for line in unified_diff(path, one, other).split("\n"))
    if done.left.diagnostics:
        drafted = {change.path: change.after for change in done.changes}
        display = Display(texts_of(request, drafted), colours(), columns())
        yield from ("", f"Left as {'it is' if len(done.left.diagnostics) == 1 else 'they are'}:", "")
        yield findings(done.left, display)
