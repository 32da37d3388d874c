"""`docsync views`: what a region can show, and what to write in its marker."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docsync.cli.failures import Failure
from docsync.cli.options import root_option
from docsync.cli.streams import emit
from docsync.cli.telling import told
from docsync.config.loading import load_config
from docsync.engine.roots import default_root
from docsync.generator.catalogue import Attribute, View, list_views
from docsync.models.nearness import meant
from docsync.reporters.escaping import escape, escape_path


@click.command("views")
@click.argument("names", nargs=-1, metavar="[VIEW]...")
@root_option
def command(names: tuple[str, ...], root: str | None) -> None:
    """List the built-in views and the project's own, each with its manual; only those named, if any are."""
    folder = root or default_root(())
    with told():
        views = {view.name: view for view in list_views(load_config(folder), folder)}
    for name in names:
        if name not in views:
            raise Failure(f"no view {name}; {meant(name, views)}")
    chosen = [views[name] for name in names] if names else list(views.values())
    emit("\n".join("".join(f"{line}\n" for line in _manual(view)) for view in chosen))


def _manual(view: View) -> Iterator[str]:
    yield f"{escape_path(view.name)} ({'built in' if view.builtin else 'of this project'})"
    if view.summary:
        yield f"  {escape(view.summary)}"
    for attribute in view.attributes or ():
        yield f"  {escape(attribute.name)}: {escape(_described(attribute))}"
    for line in view.example.split("\n") if view.example else ():
        yield f"    {escape(line)}".rstrip()


def _described(attribute: Attribute) -> str:
    if attribute.required:
        return f"{attribute.doc} (required)"
    return f"{attribute.doc} (default: {attribute.default})" if attribute.default else attribute.doc
