"""`docsync import`: issues in JSON Lines as records of a project."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import click

from docsync.cli.changes import consequences, tell
from docsync.cli.exits import FOUND
from docsync.cli.failures import Failure
from docsync.cli.options import STDIN, cache_option, dry_run_option, root_option
from docsync.cli.streams import emit, say
from docsync.cli.telling import told
from docsync.cli.thresholds import exit_code
from docsync.engine.arriving.places import place_below
from docsync.engine.importing.issues import Outcome, Wanted, import_issues
from docsync.engine.importing.lines import read_issues
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path

_LARGEST = 200_000_000
_FEW = 8


@click.command("import")
@click.argument("file", metavar="FILE.jsonl", type=click.Path())
@click.option("--into", default="", metavar="PATH", help="The folder or document for new records [default: where others are].")
@click.option("--kind", default="task", metavar="KIND", help="What new issues are that are no epics [default: task].")
@root_option
@cache_option
@dry_run_option
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    file: str, into: str, kind: str, root: str | None, *, no_cache: bool, dry_run: bool
) -> int:
    """Bring issues in the form of .beads/issues.jsonl into the project: update the records of their ids, make the others.

    What a record says and an issue does not is left alone, and nothing is taken out of a list. New records go beside their
    siblings where these have a place for all that the issues say, else each into a file of its own, whose front matter keeps
    under `beads` what there is no field for. All is written or nothing.

    Exit codes: 0 done, 1 done, but something is left out or contradicts now, 2 nothing was written.
    """
    name = "the standard input" if file == STDIN else file
    raw = _read(file)
    request = Request(root or default_root(()), cache=not no_cache)
    with told():
        issues, deleted = read_issues(name, raw)
        place = place_below(os.path.realpath(request.root), into) if into else ""
        done, changed = import_issues(request, issues, Wanted(kind, place), write=not dry_run)
    lines = _story(done, deleted, written=not dry_run)
    if dry_run:
        tell(request, changed, written=False)
        say("\n".join(lines))
    else:
        emit("\n".join((*lines, *consequences(request, changed))) + "\n")
    return exit_code(changed.fresh) or (FOUND if done.notes or done.left else 0)


def _read(file: str) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read(_LARGEST)
    try:
        with open(file, "rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise Failure(f"{file}: cannot be read: {error.strerror or error}") from error
    if len(raw) > _LARGEST:
        raise Failure(f"{file}: over {_LARGEST:,} bytes; part it")
    return raw


def _story(done: Outcome, deleted: int, *, written: bool) -> Iterator[str]:
    made = "Made" if written else "Would make"
    changed = "updated" if written else "would update"
    where = f" in {escape_path(done.place)}" if done.new else ""
    said = f"{changed} {len(done.updated):,}; {len(done.same):,} said so already."
    yield f"{made} {counted(len(done.new), 'record')}{where}, {said}"
    if deleted:
        yield f"Passed over {counted(deleted, 'tombstone')} of deleted issues."
    if done.kept:
        yield f"Kept under `beads`, since records have no field for it: {_counts(done.kept)}."
    if done.left:
        yield f"Left out, since there is no place for it: {_counts(done.left)}."
    yield from (f"note: {escape(note)}" for note in done.notes[:_FEW])
    if len(done.notes) > _FEW:
        yield f"note: {len(done.notes) - _FEW:,} more of these"


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{escape(name)} ({count:,})" for name, count in sorted(found.items()))
