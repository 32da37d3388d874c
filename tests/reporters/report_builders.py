from __future__ import annotations

from dataclasses import dataclass, field

from docsync.models.diagnostics import Change, Diagnostic, Fix, Place, Related, Report, Safety, Severity, Tally, Verdict
from docsync.text.source import line_index
from docsync.text.spans import Span

HARBOUR = """\
# Harbour crane

**Berths ready**: 3/8 (37%)

| Berth | State |
|---|---|
| B1 | ✅ ready |
| B2 | 🔒 waiting for B1 |

- [x] 検査 of the chain
"""
LOG = "# Log\r\n\r\nB1 was handed over.\r\n"


@dataclass
class Sheaf:
    """Gather texts and diagnostics that point into them."""

    texts: dict[str, str] = field(default_factory=dict)

    def place(self, path: str, words: str) -> Place:
        start = self.texts[path].index(words)
        return Place(path, Span(start, start + len(words)))

    def diagnostic(self, place: Place, message: str, severity: Severity = Severity.ERROR) -> Diagnostic:
        return Diagnostic("DS203", "count-disagrees-with-table", severity, message, place)

    def report(self, *diagnostics: Diagnostic, tally: Tally | None = None, refused: tuple[str, ...] = ()) -> Report:
        lines = {path: line_index(text) for path, text in self.texts.items()}
        return Report(diagnostics, tally or Tally(2, 2, 1, 1, 3), lines, refused)


def sheaf() -> Sheaf:
    return Sheaf({"docs/HARBOUR.md": HARBOUR, "LOG.md": LOG})


def harbour() -> Report:
    """Report one finding of each sort, with everything that a finding can carry."""
    texts = sheaf()
    count = texts.place("docs/HARBOUR.md", "3/8")
    fix = Fix("write 1/2", Safety.SAFE, (Change(count, "1/2"),))
    first = Diagnostic(
        "DS203",
        "count-disagrees-with-table",
        Severity.ERROR,
        "3 of 8 berths are said to be ready, 1 of 2 is",
        count,
        (Related(texts.place("docs/HARBOUR.md", "B1 | ✅ ready"), "the one that is ready"),),
        fix,
        Verdict.CONTRADICTED,
        "correct the number, or the table",
        ("B1 is ready", "B2 is not"),
    )
    wide = texts.diagnostic(texts.place("docs/HARBOUR.md", "of the chain"), "which chain?", Severity.WARNING)
    unsafe = Fix("say who", Safety.UNSAFE, (Change(texts.place("LOG.md", "handed"), "given"),))
    log = Diagnostic("DS410", "last-updated-stale", Severity.INFO, "old", texts.place("LOG.md", "handed over"), fix=unsafe)
    gone = Diagnostic("DS005", "unreadable-file", Severity.ERROR, "the file cannot be read", Place("old.md", Span(0, 0)))
    return texts.report(first, wide, log, gone, refused=("old.md",))
