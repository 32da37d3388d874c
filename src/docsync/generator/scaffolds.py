"""What a new document says before anybody writes in it: the scaffold of its kind, rendered as views are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docsync.config.values import Config
from docsync.generator.catalogue import Catalogue, View, described, views_of
from docsync.generator.failures import ViewError
from docsync.generator.folders import Folder, builtin_folder, project_folder
from docsync.generator.layout import tidy
from docsync.generator.rendering import Order, render_all
from docsync.models.records import Json

FOLDER: Final = "scaffolds"
"""The folder among the templates, docsync's own and a project's, that holds the scaffolds."""
ANY: Final = "record"
"""The scaffold of a kind that has none of its own."""
_ABSENT: Final = "does not exist"


def load_scaffolds(config: Config, root: str) -> Catalogue:
    """Read docsync's scaffolds and the project's, which take the place of those of their names.

    A scaffold's manual lists the fields that are written even where nobody gives them, with what stands there by default.
    Raises ViewError where the project's folder is there and cannot be read.
    """
    builtin, own = builtin_folder(FOLDER), Folder()
    if config.templates:
        own = _project_folder(root, f"{config.templates.rstrip('/')}/{FOLDER}")
    views = views_of(builtin.texts, builtin=True)
    for name, view in views_of(own.texts, builtin=False).items():
        views[name] = described(view, views.get(name) or views[ANY])
    return Catalogue(views, builtin.texts, own.texts, own.refused)


def scaffold_of(catalogue: Catalogue, name: str) -> View:
    """Give the scaffold of a name, that of any record where there is none; raises ViewError for one that was refused."""
    refused = f"{name}.md.j2" in catalogue.refused
    return catalogue.find(name if name in catalogue.views or refused else ANY)


def rendered(catalogue: Catalogue, view: View, context: Mapping[str, Json], config: Config) -> str:
    """Render a scaffold: lines that end in a line feed, none of them blank at either end; raises ViewError."""
    (done,) = render_all(catalogue, config, [Order(view, context)])
    if done.failure:
        raise ViewError(f"{FOLDER}/{done.failure}")
    lines = tidy(done.text, config.view_max_bytes)
    if not lines:
        raise ViewError(f"{FOLDER}/{view.file} gives nothing")
    return "\n".join(lines)


def _project_folder(root: str, relative: str) -> Folder:
    try:
        return project_folder(root, relative)
    except ViewError as error:
        if str(error).endswith(_ABSENT):
            return Folder()
        raise
