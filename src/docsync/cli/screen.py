"""What somebody who watches gets to see: how it stands at first, each change, and what keeps docsync from looking."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from docsync.cli.exits import OK
from docsync.cli.rewrites import rewritten
from docsync.cli.streams import colours, columns, emit, say
from docsync.engine.differences import difference
from docsync.engine.request import Request
from docsync.engine.results import FileChange
from docsync.engine.texts import texts_of
from docsync.models.diagnostics import Report
from docsync.reporters import changes
from docsync.reporters.changes import Change
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape
from docsync.reporters.formats import reporter


@dataclass(slots=True)
class Screen:
    """Show a project's findings, and remember which are shown already."""

    request: Request
    json: bool
    evidence: bool
    notes: bool
    shown: Report | None = None
    _trouble: str = field(default="", init=False)

    def show(self, report: Report, paths: Sequence[str]) -> None:
        """Show a report: the first one as a whole, of every other one what is different; nothing where nothing is.

        `paths` are the documents that changed.
        """
        if self._trouble:
            self.note("that is mended; watching goes on")
        before, self.shown, self._trouble = self.shown, report, ""
        if before is None:
            self._emit(changes.start_line(report) if self.json else reporter("text").render(report, self._display()))
        elif before is not report and (now := difference(before, report)):
            moment = time.strftime("%H:%M:%S")
            self._changed(Change(moment, paths, now.broke, now.healed, now.restated), report)

    def rewrote(self, files: tuple[FileChange, ...]) -> None:
        """Say which files docsync itself wrote."""
        for each in files:
            say(f"Rewrote {rewritten(each)}")

    def note(self, text: str) -> None:
        """Say what is going on, beside the findings."""
        say(f"docsync: {text}")

    def trouble(self, text: str) -> None:
        """Say why nothing can be checked, once for each reason."""
        if text != self._trouble:
            self._trouble = text
            for line in text.split("\n"):
                self.note(escape(line))
            self.note("waiting until that is mended")

    def _changed(self, change: Change, report: Report) -> None:
        display = self._display()
        if changes.is_shown(change, display):
            self._emit(changes.as_line(change, report) if self.json else f"\n{changes.as_text(change, report, display)}")

    @staticmethod
    def _emit(text: str) -> None:
        if not emit(text):
            sys.exit(OK)  # nobody is there any more to watch for

    def _display(self) -> Display:
        return Display(texts_of(self.request), colours(), columns(), self.evidence, self.notes)
