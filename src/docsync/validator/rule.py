"""What a rule is: a module with a manual page, a code, a name, a severity and a check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.project.index import Project


class RuleModule(Protocol):
    """Give what each module in `rules/` must hold; its docstring is its manual page.

    `CODE` is `DS` and three digits, `NAME` kebab-case and states the fault, `SEVERITY` its usual rank. `KEEPS` tells that
    `regenerate` applies this rule's fixes.

    For the sake of those who watch, a module may hold more, so that a check after a save need not ask it about all documents:

    - `ALONE = True` tells that it looks at each document by itself and at the configuration, at nothing else. It is run over
      the documents that are other ones than before, and over no others.
    - `by_document(project)` gives what it gives of documents, by path: the same tuples for as long as they hold. What else it
      gives, where there is more, comes from `beyond(project)`, which is asked each time; `check` gives all of it.
    """

    __doc__: str | None
    CODE: str
    NAME: str
    SEVERITY: Severity
    KEEPS: bool

    def check(self, project: Project, /) -> Iterator[Finding | Confirmation]:
        """Yield what is wrong and which claims hold, in any order; the run sorts."""
        ...
