"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

STDIN: Final = "-"


def root_option(command: _Command) -> _Command:
    """Add `--root`."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False),
        metavar="DIR",
        help="The project's folder [default: the nearest one above with a docsync configuration or .git].",
    )(command)


def cache_option(command: _Command) -> _Command:
    """Add `--no-cache`."""
    return click.option("--no-cache", is_flag=True, help="Neither use nor keep what was read before.")(command)


def dry_run_option(command: _Command) -> _Command:
    """Add `--dry-run`."""
    return click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a unified diff.")(command)


def crew_options(command: _Command) -> _Command:
    """Add `--jobs` and `--executor`."""
    jobs = click.option(
        "--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Read with N processes [default: as many as pay]."
    )
    executor = click.option(
        "--executor", default="", metavar="NAME", help="Read with what another program offers: dask:ADDRESS of a scheduler."
    )
    return jobs(executor(command))


def json_option(command: _Command) -> _Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def rule_options(command: _Command) -> _Command:
    """Add `--select` and `--ignore`, each to be given several times or with commas."""
    select = click.option(
        "--select",
        multiple=True,
        metavar="RULE[,RULE]",
        callback=_listed,
        help="Report these rules alone, by code, the beginning of one (DS2) or name, whatever the project ignores.",
    )
    ignore = click.option(
        "--ignore", multiple=True, metavar="RULE[,RULE]", callback=_listed, help="Leave these rules out, too."
    )
    return select(ignore(command))


def _listed(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    del context, option
    return tuple(part.strip() for each in given for part in each.split(",") if part.strip())


def paths_argument(command: _Command) -> _Command:
    """Add the paths; that they exist is told with a near miss by the run itself."""
    return click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())(command)
