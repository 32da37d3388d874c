"""How it is told what became of a file that docsync rewrote."""

from __future__ import annotations

from docsync.engine.results import FileChange
from docsync.reporters.counting import counted, enumerated
from docsync.reporters.escaping import escape, escape_path


def rewritten(change: FileChange) -> str:
    """Name a file with the regions and values that were put right in it."""
    regions = f"{counted(len(change.regions), 'region')} ({', '.join(map(escape, change.regions))})" if change.regions else ""
    values = counted(change.numbers, "value") if change.numbers else ""
    return f"{escape_path(change.path)}: {enumerated([part for part in (regions, values) if part])}"
