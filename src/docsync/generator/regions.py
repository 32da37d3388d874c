"""What every region of a project should hold, and whether it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.generator.catalogue import Catalogue, load_catalogue
from docsync.generator.edited import Head, Past, Remembered, Written
from docsync.generator.environment import Rendered
from docsync.generator.failures import ViewError
from docsync.generator.keeping import Kept, kept_for
from docsync.generator.layout import Form, bare, body, tidy
from docsync.generator.likeness import sentences
from docsync.generator.meaning import refuse_harmful, same
from docsync.generator.rendering import Order, render_all
from docsync.generator.views import Contexts
from docsync.generator.wording import worded
from docsync.models.document import DocumentFacts, Region
from docsync.models.expectations import Expectation
from docsync.project.index import Project

_LINE_END = re.compile(r"\r\n|\n|\r")


class _Asked(Struct, frozen=True):
    """Hold one region of one file with what is to be rendered for it, what was, or why nothing can be."""

    document: DocumentFacts
    region: Region
    order: Order | None = None
    failure: str = ""
    given: Rendered | None = None


class _Known(Struct, frozen=True):
    """Hold what tells a text of docsync's own from somebody's: what was there before, the views and the configuration."""

    past: Past
    catalogue: Catalogue
    config: Config

    def judged(self, expected: Expectation, region: Region, text: str) -> Expectation:
        """Say of a region that is not as it should be whether it was edited by hand; `text` is what its view gives."""
        written = Written(text, sentences(self.catalogue, region))
        foreign = self.past.foreign(expected.path, region, written)
        return replace(expected, edited=foreign or self.past.edited(expected.path, region), foreign=foreign)


def expectations(project: Project, root: str, remembered: Remembered, head: Head) -> tuple[Expectation, ...]:
    """Say what each region should hold, file by file in the order of the text.

    `remembered` holds the `digest` of what docsync last wrote to a region, by path and id; `head` gives the texts that git
    has of a file: at HEAD, and at the other sides of a merge that is under way. Templates are read below `root`; nothing is
    written.
    """
    if not any(document.regions for document in project.documents.values()):
        return ()
    catalogue = load_catalogue(project.config, root)
    kept = kept_for(project, catalogue)
    asked = tuple(_asked(project, Contexts(project, catalogue), kept))
    orders = [one.order for one in asked if one.order]
    rendered = iter(render_all(catalogue, project.config, orders))
    past = Past(remembered, head)
    expected = []
    for one in asked:
        given = one.given or (next(rendered) if one.order else Rendered(failure=one.failure))
        kept.keep(one.document.path, one.region, given)
        expected.append(_expected(one, given, _Known(past, catalogue, project.config)))
    return tuple(expected)


def _asked(project: Project, contexts: Contexts, kept: Kept) -> Iterator[_Asked]:
    for document in project.documents.values():
        for region in document.regions:
            if given := kept.given(document.path, region):
                yield _Asked(document, region, given=given)
                continue
            try:
                view, context = contexts.of(document.path, region)
            except ViewError as error:
                yield _Asked(document, region, failure=str(error))
            else:
                yield _Asked(document, region, Order(view, context))


def _expected(asked: _Asked, rendered: Rendered, known: _Known) -> Expectation:
    region, path = asked.region, asked.document.path
    present = bare(region.text, region.prefix)
    try:
        lines = _lines(rendered, present, known.config)
    except ViewError as error:
        return Expectation(path, region.id, None, str(error))
    expected = body(lines, Form(region.prefix, _newline(asked)))
    text = "\n".join(lines)
    fresh = same(text, present)
    found = Expectation(path, region.id, expected, fresh=fresh)
    return found if fresh else known.judged(found, region, text)


def _lines(rendered: Rendered, present: str, config: Config) -> tuple[str, ...]:
    """Lay out what a view gave; raises ViewError where it gave nothing that may stand between two markers."""
    if rendered.failure:
        raise ViewError(rendered.failure)
    lines = tidy(worded(rendered.text, present, config), config.view_max_bytes)
    if not lines:
        raise ViewError("the view gives nothing; the region keeps its text")
    text = "\n".join(lines)
    if text != present:
        # A text that stands there already was read between its markers without harm.
        refuse_harmful(text, config.view_max_bytes)
    return lines


def _newline(asked: _Asked) -> str:
    found = _LINE_END.search(asked.region.text)
    return found[0] if found else asked.document.newline
