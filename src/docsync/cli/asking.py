"""What the commands that ask about records have in common: the project, what is said beside the answer, how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import click

from docsync.cli.failures import Failure
from docsync.cli.options import cache_option, json_option, root_option
from docsync.cli.streams import colours, columns, is_terminal, say
from docsync.cli.telling import told
from docsync.engine.opening import open_project
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.models.document import DocumentFacts, Trouble
from docsync.project.asking.kinds import Unanswerable, declaring
from docsync.project.index import Project
from docsync.project.pointing import Unfound
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.tabular import Look

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OF_FRONT_MATTER: Final = frozenset({"DS010", "DS011", "DS012", "DS013", "DS014", "DS015"})
_UNKNOWN_KIND: Final = "DS107"
_FEW: Final = 5


def asking_options(command: _Command) -> _Command:
    """Add `--json`, `--root` and `--no-cache`."""
    return json_option(root_option(cache_option(command)))


def phase_option(command: _Command) -> _Command:
    """Add `--phase`."""
    told_by = "Only what belongs to this phase: 3, P3 or 'Phase 3'."
    return click.option("--phase", default="", metavar="PHASE", help=told_by)(command)


def kind_option(command: _Command) -> _Command:
    """Add `--kind`."""
    return click.option("--kind", default="", metavar="KIND", help="Only records of this kind.")(command)


@contextmanager
def asked(root: str | None, *, no_cache: bool, of_records: bool = False) -> Iterator[Project]:
    """Open the project that a question is about, and say on the side what of it could not be read.

    What the question asks for and there is not becomes a message with exit code 2; `of_records` tells that it has no answer
    where no document declares any.
    """
    with told():
        project = open_project(Request(root or default_root(()), (), not no_cache)).project
    _say_hidden(project)
    if not project.records:
        if of_records:
            raise Failure(declaring(project))
        say(f"docsync: {declaring(project)}")
    try:
        yield project
    except (Unanswerable, Unfound) as error:
        raise Failure(str(error)) from error


def look() -> Look:
    """Give what the output can do."""
    return Look(columns(), is_terminal(), colours())


def _say_hidden(project: Project) -> None:
    lines = [line for document in project.documents.values() for line in _hidden(document)]
    for line in lines[:_FEW]:
        say(f"docsync: {line}")
    if len(lines) > _FEW:
        say(f"docsync: {len(lines) - _FEW} more such places; docsync check shows them all")


def _hidden(document: DocumentFacts) -> Iterator[str]:
    """Give a line for each trouble that hides records: they are missing from every answer."""
    for trouble in document.troubles:
        if _hides(document, trouble):
            position = document.lines.position(min(trouble.span.start, document.lines.length))
            place = f"{escape_path(document.path)}:{position.line}:{position.column}"
            help_ = f"; {trouble.help}" if trouble.help else ""
            yield f"{place}: {escape(trouble.message)}{escape(help_)}, so what it defines is in no answer"


def _hides(document: DocumentFacts, trouble: Trouble) -> bool:
    """Tell whether a trouble keeps records from being read: those of the whole file, or of its front matter."""
    if document.refused or trouble.code == _UNKNOWN_KIND:
        return not trouble.is_note
    return trouble.code in _OF_FRONT_MATTER and document.front_matter is None
