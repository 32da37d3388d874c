"""`docsync ready`: the work that can be done now."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, kind_option, look, phase_option
from docsync.cli.streams import emit, say
from docsync.models.records import Record
from docsync.project.asking.choosing import phase_named
from docsync.project.asking.kinds import kind_named
from docsync.project.asking.starting import Start, starts, unstated
from docsync.project.index import Project
from docsync.reporters.asked.starting import left_out, starts_json, starts_text


@click.command("ready")
@phase_option
@kind_option
@asking_options
def command(*, phase: str, kind: str, root: str | None, as_json: bool, no_cache: bool) -> None:
    """List the open work whose needs are all settled, in the order in which it is best done.

    First comes what is on the critical path, then what the longest chains of other work wait for; last, what says of itself
    that it is blocked though all that it names is settled.
    """
    with asked(root, no_cache=no_cache, of_records=True) as project:
        only = kind_named(project, kind) if kind else ""
        found, left = chosen(project, phase, only), silent(project, phase, only)
        if as_json:
            for line in left_out(project, left):
                say(f"docsync: {line}")
        emit(starts_json(project, found) if as_json else starts_text(project, found, left, look()))


def chosen(project: Project, phase: str, kind: str = "") -> tuple[Start, ...]:
    """Give what is ready, of one phase or kind if those are named; raises Unfound for a phase that there is not."""
    inside = phase_named(project, phase) if phase else None
    return tuple(start for start in starts(project, kind) if inside is None or id(start.record) in inside)


def silent(project: Project, phase: str, kind: str = "") -> tuple[Record, ...]:
    """Give the work without a known status, of one phase or kind if those are named; raises Unfound as `chosen` does."""
    inside = phase_named(project, phase) if phase else None
    return tuple(record for record in unstated(project, kind) if inside is None or id(record) in inside)
