"""What the rules find in a project, as the rows of a table: asked for by those alone who want that table."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.cli.telling import told
from docsync.database.findings import Judged
from docsync.engine.request import Request
from docsync.project.index import Project


def found_in(project: Project, request: Request) -> Iterator[Judged]:
    """Run the rules, as only a statement about what they find needs."""
    from docsync.engine import check  # noqa: PLC0415  # the rules cost more than all else
    from docsync.engine.known import without_known  # noqa: PLC0415

    with told():
        report = without_known(check(request), request)
    for known, diagnostics in ((False, report.diagnostics), (True, report.known)):
        for one in diagnostics:
            document = project.documents.get(one.place.path)
            yield Judged(one, document.lines if document else None, known)
