"""`docsync graph`: a drawing of what waits for what."""

from __future__ import annotations

import click

from docsync.cli.asking import asked, asking_options, phase_option
from docsync.cli.streams import emit, say
from docsync.project.asking.choosing import phase_named
from docsync.project.asking.drawing import Frame, draw
from docsync.project.asking.kinds import kind_named
from docsync.reporters.asked.drawings import FORMS, drawing_in, drawing_json, remarks
from docsync.reporters.escaping import escape


@click.command("graph")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="mermaid", show_default=True, help="The language.")
@click.option("--critical-path", is_flag=True, help="Draw the critical path alone.")
@click.option("--kind", multiple=True, metavar="KIND", help="Only records of these kinds [default: all work].")
@phase_option
@click.option("--all", "everything", is_flag=True, help="Draw also what neither waits nor is waited for.")
@asking_options
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    *,
    form: str,
    critical_path: bool,
    kind: tuple[str, ...],
    phase: str,
    everything: bool,
    root: str | None,
    as_json: bool,
    no_cache: bool,
) -> None:
    """Draw what waits for what: an arrow leads from what is needed to what waits for it.

    Boxes are coloured by status, the critical path is thick, circles are red and dashed, and what is named but does not exist
    is a dashed box. Write it to a file with >: docsync graph --format svg > plan.svg
    """
    with asked(root, no_cache=no_cache, of_records=True) as project:
        kinds = tuple(kind_named(project, one) for one in kind)
        chosen = phase_named(project, phase) if phase else None
        drawing = draw(project, Frame(kinds, chosen, critical_path, everything))
        for remark in remarks(drawing, "" if as_json else form):
            say(f"docsync: {escape(remark)}")
        if not drawing.nodes:
            say("docsync: no record of those asked for waits for another, so there is nothing to draw")
        emit(drawing_json(drawing) if as_json else drawing_in(form, drawing))
