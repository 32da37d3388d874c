"""`docsync ready`: the work that can be done now."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, kind_option, look, phase_option
from docsync.cli.streams import emit
from docsync.project.asking.choosing import phase_named
from docsync.project.asking.kinds import kind_named
from docsync.project.asking.starting import Start, starts
from docsync.project.index import Project
from docsync.reporters.asked.starting import starts_json, starts_text


@click.command("ready")
@phase_option
@kind_option
@asking_options
def command(*, phase: str, kind: str, root: str | None, as_json: bool, no_cache: bool) -> None:
    """List the open work whose needs are all settled, in the order in which it is best done.

    First comes what is on the critical path, then what the longest chains of other work wait for; last, what says of itself
    that it is blocked though all that it names is settled.
    """
    with asked(root, no_cache=no_cache) as project:
        found = chosen(project, phase, kind_named(project, kind) if kind else "")
        emit(starts_json(project, found) if as_json else starts_text(project, found, look()))


def chosen(project: Project, phase: str, kind: str = "") -> tuple[Start, ...]:
    """Give what is ready, of one phase or kind if those are named; raises Unfound for a phase that there is not."""
    inside = phase_named(project, phase) if phase else None
    return tuple(start for start in starts(project, kind) if inside is None or id(start.record) in inside)
