"""What the queries of a project's regions give, and how their rows look as a table."""

from __future__ import annotations

import time
from typing import Final

from docsync.config.values import Config
from docsync.database.asking import Answer, ask
from docsync.database.failures import QueryError
from docsync.database.guard import Limits
from docsync.database.schema import OF_DOCUMENTS, tables
from docsync.generator.failures import ViewError
from docsync.generator.grids import grid
from docsync.generator.layout import tidy
from docsync.models.records import Json
from docsync.project.index import Project
from docsync.project.names import of_records

_MOST_ROWS: Final = 10_000
_MOST_MEMORY: Final = 300_000_000
_MOST_TIMES: Final = 3
"""All the queries of a run together may take so many times as long as one."""
_ANY_SIZE: Final = 2**63


class Queries:
    """Answer the queries of one run's regions, each statement once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._tables = tables(project)
        self._given: dict[str, Answer] = {}
        self._spent = 0.0

    def sections(self, statement: str) -> dict[str, Json]:
        """Give what a template sees: `rows` by column, the same as `cells`, `titles`, and which of these are `figures`."""
        answer = self.answer(statement)
        return {
            "rows": [dict(zip(answer.columns, row, strict=True)) for row in answer.values],
            "cells": [list(row) for row in answer.values],
            "titles": list(answer.columns),
            "figures": [title for title in answer.columns if title in answer.figures],
        }

    def answer(self, statement: str) -> Answer:
        """Answer a statement; raises ViewError where that cannot be done, and once too much time went into others."""
        if known := self._given.get(statement) or _kept(self._project).get(statement):
            return known
        limits = limits_of(self._project.config)
        if self._spent > _MOST_TIMES * limits.seconds:
            raise ViewError(f"not asked, since the queries before it took over {_MOST_TIMES * limits.seconds:g} seconds")
        begun = time.monotonic()
        try:
            answer = ask(self._tables, statement, limits, timeless=True)
        except QueryError as error:
            raise ViewError(f"query: {error}") from error
        finally:
            self._spent += time.monotonic() - begun
        self._given[statement] = answer
        if answer.tables.isdisjoint(OF_DOCUMENTS):
            _kept(self._project)[statement] = answer
        return answer


@of_records
def _kept(_project: Project) -> dict[str, Answer]:
    """Hold what was asked of the records alone, for as long as these last."""
    return {}


def limits_of(config: Config) -> Limits:
    """Give the limits of a region's query: those of its view."""
    return Limits(config.view_timeout, _MOST_ROWS, config.view_max_bytes, _MOST_MEMORY)


def laid_out(answer: Answer) -> str:
    """Give an answer as the Markdown table that a region without a view of its own shows."""
    text = grid(answer.values, answer.columns, answer.figures)
    return "".join(f"{line}\n" for line in tidy(text, _ANY_SIZE))
