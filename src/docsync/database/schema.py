"""Which tables a project's database has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from docsync.database.findings import Judged, diagnostics
from docsync.database.homes import Standing
from docsync.database.kinds import of_all, of_kinds
from docsync.database.relations import criteria, edges, needs
from docsync.database.statements import claims, documents, mentions
from docsync.database.tables import Table
from docsync.project.index import Project

DIAGNOSTICS: Final = "diagnostics"
OF_DOCUMENTS: Final = frozenset({"mentions", "claims", "documents", DIAGNOSTICS})
"""The tables that rest on more than the records."""


def tables(project: Project, found: Callable[[], Iterable[Judged]] | None = None) -> dict[str, Table]:
    """Give all tables by name, those of the kinds first; nothing is worked out before rows are asked for.

    `found` gives the rows of `diagnostics`, and is asked at most when these are; without it there is no such table.
    """
    standing = Standing(project)
    shared = [of_all(standing), *(build(standing) for build in (edges, needs, criteria, mentions, claims, documents))]
    if found:
        shared.append(diagnostics(found))
    taken = {table.name for table in shared} | {DIAGNOSTICS}
    return {table.name: table for table in (*of_kinds(standing, taken), *shared)}
