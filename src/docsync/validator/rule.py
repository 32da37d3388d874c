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
    """

    __doc__: str | None
    CODE: str
    NAME: str
    SEVERITY: Severity
    KEEPS: bool

    def check(self, project: Project, /) -> Iterator[Finding | Confirmation]:
        """Yield what is wrong and which claims hold, in any order; the run sorts."""
        ...
