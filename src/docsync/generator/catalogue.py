"""Which views there are, and what each one's manual says of it.

A template begins with a Jinja comment that is its manual: a sentence, one line `name: what it is` for each attribute, with
`(required)` or `(default: …)` at its end, and after `Example:` a begin marker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.generator.failures import ViewError
from docsync.generator.folders import Folder, builtin_folder, project_folder
from docsync.models.nearness import meant

VIEW_SUFFIX: Final = ".md.j2"
BUILTIN_PREFIX: Final = "builtin/"
"""The name under which a project's template reaches a built-in one that it overrides: `builtin/status-table.md.j2`."""

QUERIED: Final = "query-table"
"""The view of a region that has a query and names no view."""

_MANUAL = re.compile(r"\s*\{#-?(.*?)-?#\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"([a-z][a-z0-9_-]*): (.*)")
_DEFAULT = re.compile(r"\(default: ([^()]*)\)$")
_REQUIRED: Final = "(required)"


class Attribute(Struct, frozen=True):
    """Describe one attribute of a region: its name, what it is, and what stands where the region does not give it."""

    name: str
    doc: str
    required: bool = False
    default: str = ""


class View(Struct, frozen=True):
    """Describe one view; `file` is its template's name, `attributes` is None where its manual describes none."""

    name: str
    file: str
    builtin: bool
    summary: str = ""
    attributes: tuple[Attribute, ...] | None = None
    example: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the attributes described."""
        return tuple(attribute.name for attribute in self.attributes or ())


class Catalogue(Struct, frozen=True):
    """Hold all views by name, and the template texts that they may include, built-in ones and the project's.

    `problem` says why the project's folder could not be read, `refused` why single templates were not.
    """

    views: Mapping[str, View]
    builtin: Mapping[str, str]
    project: Mapping[str, str]
    refused: Mapping[str, str]
    problem: str = ""

    def find(self, name: str) -> View:
        """Give the view of a name; raises ViewError with the near miss, or the reason why its template was refused."""
        file = name + VIEW_SUFFIX
        if file in self.refused:
            raise ViewError(f"the template {file} {self.refused[file]}, so it is not used")
        if name in self.views:
            return self.views[name]
        if not name:
            raise ViewError('the region names no view; add view="status-table", or another one')
        why = f"; {self.problem}" if self.problem else ""
        raise ViewError(f"unknown view {name}; {meant(name, self.views)}{why}")


def load_catalogue(config: Config, root: str) -> Catalogue:
    """Read the built-in templates and the project's; a project's view takes the place of a built-in one of its name."""
    builtin, own, problem = builtin_folder(), Folder(), ""
    if config.templates:
        try:
            own = project_folder(root, config.templates)
        except ViewError as error:
            problem = str(error)
    views = views_of(builtin.texts, builtin=True)
    for name, view in views_of(own.texts, builtin=False).items():
        views[name] = described(view, views.get(name))
    return Catalogue(views, builtin.texts, own.texts, own.refused, problem)


def list_views(config: Config, root: str) -> tuple[View, ...]:
    """Give every view that a region of the project can name, by name."""
    views = load_catalogue(config, root).views
    return tuple(views[name] for name in sorted(views))


def settle(view: View, given: Mapping[str, str]) -> dict[str, str]:
    """Give the attributes with their defaults filled in; raises ViewError for an unknown, misspelled or missing one."""
    attributes = {name: value for name, value in given.items() if name != "view"}
    if view.attributes is None:
        return attributes
    for name in attributes:
        if name not in view.names:
            raise ViewError(f"the view {view.name} has no attribute {name}; {meant(name, view.names) or 'it has none'}")
    for attribute in view.attributes:
        if attribute.required and not attributes.get(attribute.name):
            raise ViewError(f"the view {view.name} needs the attribute {attribute.name}")
    return {attribute.name: attributes.get(attribute.name, attribute.default) for attribute in view.attributes}


def views_of(texts: Mapping[str, str], *, builtin: bool) -> dict[str, View]:
    """Give the views that a folder's templates are, by name, each as its manual describes it."""
    files = [file for file in texts if file.endswith(VIEW_SUFFIX)]
    return {file.removesuffix(VIEW_SUFFIX): _view(file, texts[file], builtin=builtin) for file in files}


def _view(file: str, text: str, *, builtin: bool) -> View:
    name = file.removesuffix(VIEW_SUFFIX)
    manual = _MANUAL.match(text)
    if manual is None:
        return View(name, file, builtin)
    described, _, example = manual[1].partition("\nExample:")
    summary: list[str] = []
    attributes: list[Attribute] = []
    for line in described.strip().split("\n"):
        if found := _ATTRIBUTE.match(line):
            attributes.append(_attribute(found[1], found[2]))
        elif not attributes and line.strip():
            summary.append(line.strip())
    return View(name, file, builtin, " ".join(summary), tuple(attributes) or None, example.strip())


def _attribute(name: str, text: str) -> Attribute:
    doc = text.strip()
    if doc.endswith(_REQUIRED):
        return Attribute(name, doc.removesuffix(_REQUIRED).rstrip(), required=True)
    default = _DEFAULT.search(doc)
    return Attribute(name, doc[: default.start()].rstrip(), default=default[1]) if default else Attribute(name, doc)


def described(view: View, builtin: View | None) -> View:
    """Let an overriding view without a manual keep that of the view that it overrides: its regions are written for it."""
    if builtin is None or view.attributes is not None or view.summary:
        return view
    return replace(view, summary=builtin.summary, attributes=builtin.attributes, example=builtin.example)
