"""`docsync check`: report what contradicts, and change nothing."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext

import click
from msgspec.structs import replace

from docsync.cli.options import STDIN, cache_option, crew_options, paths_argument, root_option, rule_options
from docsync.cli.streams import colours, columns, emit, say
from docsync.cli.telling import told
from docsync.cli.thresholds import exit_code
from docsync.engine import Request
from docsync.engine.answering import keep_answer
from docsync.engine.known import without_known
from docsync.engine.repository import find_repository, prefix_of
from docsync.engine.request import Crew
from docsync.engine.roots import default_root
from docsync.engine.running import check_resting
from docsync.engine.texts import texts_of
from docsync.models.diagnostics import Severity
from docsync.reporters.display import Display
from docsync.reporters.formats import FORMATS, OF_REPOSITORIES, STATISTICS, reporter


@click.command("check")
@paths_argument
@root_option
@cache_option
@crew_options
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", help="How to print findings.")
@rule_options
@click.option("--fail-on", type=click.Choice([each.value for each in Severity]), help="From which severity on to exit with 1.")
@click.option("--since", metavar="REV", help="Report only what is worse than at a revision; A...B is where the two parted.")
@click.option("--history", is_flag=True, help="Judge what the commits did to records, too (DS313 to DS315).")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; still with 2 where the job cannot be done.")
@click.option("--statistics", is_flag=True, help="Count findings by rule in place of showing them (text and json).")
@click.option("--stdin-filename", metavar="PATH", help="The file that text from standard input (-) takes the place of.")
@click.option(
    "--staged", is_flag=True, help="Judge what is staged, and so what a commit would hold, not the files as they stand."
)
@click.option("--no-baseline", is_flag=True, help="Report what the baseline knows of, too.")
@click.option(
    "--show-notes", is_flag=True, help="Show findings of the severity info, too; otherwise they are counted (json holds them)."
)
@click.option("--show-evidence", is_flag=True, help="Show what each finding was counted or compared from.")
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    paths: tuple[str, ...],
    root: str | None,
    *,
    no_cache: bool,
    jobs: int,
    executor: str,
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    since: str | None,
    history: bool,
    fail_on: str | None,
    exit_zero: bool,
    statistics: bool,
    stdin_filename: str | None,
    staged: bool,
    no_baseline: bool,
    show_notes: bool,
    show_evidence: bool,
) -> int:
    """Report numbers and statuses that contradict each other; change nothing.

    Findings that the project's baseline knows of are held back. Without a PATH the whole project is checked. With some, it is
    still read as a whole, and only what stands in them is reported.
    """
    show = reporter(_format(output_format, statistics=statistics), statistics=statistics)
    asked = replace(
        _request(paths, root, stdin_filename, cache=not no_cache),
        select=select,
        ignore=ignore,
        since=_revision(since),
        history=history,
        crew=Crew(jobs, executor),
    )
    _check_history(asked, staged=staged)
    with told(), _standing(asked, staged=staged) as request:
        found, rests_on = check_resting(request)
        report = found if no_baseline else without_known(found, request)
        report = replace(report, fail_on=Severity(fail_on) if fail_on else report.fail_on)
        notes = show_notes or output_format == "json" or report.fail_on is Severity.INFO
        prefix = prefix_of(asked.root) if output_format in OF_REPOSITORIES else ""
        display = Display(texts_of(request), colours(), columns(), show_evidence, notes, prefix)
        shown = show.render(report, display)
        code = exit_code(report, zero=exit_zero)
        _remark_cut(asked)
        if rests_on and output_format not in OF_REPOSITORIES:
            keep_answer(request, rests_on, shown, code)
        emit(shown)
    return code


def _revision(since: str | None) -> str:
    if since is not None and not since.strip():
        raise click.UsageError("--since needs a revision, such as origin/main")
    return since or ""


def _check_history(request: Request, *, staged: bool) -> None:
    others = {"--staged": staged, "--since": bool(request.since), "-": request.stdin is not None}
    if request.history and (named := [name for name, given in others.items() if given]):
        raise click.UsageError(f"--history judges what was committed up to now, and {named[0]} does not go with it")


def _remark_cut(request: Request) -> None:
    """Say, where the history is judged, that a clone has only the end of it."""
    repository = find_repository(os.path.realpath(request.root)) if request.history else None
    if repository and repository.is_shallow:
        say("this clone is shallow: only the commits that it has were judged; `git fetch --unshallow` gets what came before")


def _format(name: str, *, statistics: bool) -> str:
    if statistics and name not in STATISTICS:
        raise click.UsageError(f"--statistics is for {' and '.join(STATISTICS)}, and {name} shows every finding")
    return name


def _standing(request: Request, *, staged: bool) -> AbstractContextManager[Request]:
    """Give the request as it is, or for what is staged."""
    if not staged:
        return nullcontext(request)
    if request.stdin is not None:
        raise click.UsageError("--staged judges what git holds, and no text from standard input")
    from docsync.engine.git.staging import as_staged  # noqa: PLC0415  # only this asks git for so much

    return as_staged(request)


def _request(paths: tuple[str, ...], root: str | None, stdin_filename: str | None, *, cache: bool) -> Request:
    if STDIN not in paths:
        if stdin_filename is not None:
            raise click.UsageError("--stdin-filename needs - among the paths")
        return Request(root or default_root(paths), paths, cache)
    if len(paths) > 1:
        raise click.UsageError("- is the only path that can be given with it")
    name = stdin_filename or ""
    return Request(root or default_root((name,) if name else ()), (), cache, sys.stdin.buffer.read(), name)
