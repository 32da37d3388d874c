"""`docsync status`: where the project stands."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, look
from docsync.cli.streams import emit
from docsync.project.asking.standing import phase_standing, standing
from docsync.project.index import Project
from docsync.reporters.asked.records import encoded
from docsync.reporters.asked.standing import phase_json, phase_text, standing_json, standing_text


@click.command("status")
@click.option("--phase", default="", metavar="PHASE", help="Show this phase alone, in full: 3, P3 or 'Phase 3'.")
@asking_options
def command(*, phase: str, root: str | None, as_json: bool, no_cache: bool) -> None:
    """Show each phase with its work, its gate and what holds it up, then the whole with its critical path."""
    with asked(root, no_cache=no_cache, of_records=True) as project:
        emit(_of_phase(project, phase, as_json=as_json) if phase else _of_all(project, as_json=as_json))


def _of_all(project: Project, *, as_json: bool) -> str:
    found = standing(project)
    return standing_json(project, found) if as_json else standing_text(project, found, look())


def _of_phase(project: Project, name: str, *, as_json: bool) -> str:
    found = phase_standing(project, name)
    if as_json:
        return encoded(phase_json(project, found))
    return phase_text(project, found, look())
