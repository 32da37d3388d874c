"""How long `docsync history` takes over a repository of many commits: the first run, the second, and after one more commit.

    python benchmarks/history.py [--commits 1000] [--documents 100] [--keep DIR]

The repository is the same each time: holes in files of their own, sections and table rows, pages of prose, and one to three
documents changed by each commit. Figures are wall-clock and processor seconds of a whole process.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

RANDOM: Final = 20_261_122
BEGUN: Final = 1_700_000_000
STEP: Final = 7_000
ROWS: Final = 2
FAILED: Final = 2
MOVES: Final = 0.7
"""How often an edited document changes a status."""
PER_SECTION: Final = 12
PER_TABLE: Final = 20
FORGETS: Final = 3
FORGOTTEN: Final = "**Progress**: 812/825 holes resolved\n\n"
"""What one document says from the first commit on, and what never comes true."""
NEXT: Final = {"pending": "ready", "ready": "in progress", "in progress": "resolved", "resolved": "resolved"}
PROSE: Final = (
    "The lamp on the outer pier is lit an hour before dusk, and somebody writes down who lit it.\n\n"
    "What the tide leaves on the slip is swept away before the first ferry, whatever the weather.\n\n"
    "Ropes are checked on Mondays; a rope that is frayed is cut up for fenders and never mended.\n\n"
)


class Document(Struct):
    """One document, with the statuses of its records."""

    number: int
    statuses: list[str]
    edits: int = 0

    @property
    def path(self) -> str:
        """Give its path."""
        return f"docs/part{self.number % 5}/doc{self.number:03}.md"

    def text(self) -> str:
        """Write the document as it stands."""
        notes = "".join(f"- Note {each}: the berth was swept.\n" for each in range(self.edits % 17))
        return f"{self._head()}\n{PROSE}{notes}"

    def _head(self) -> str:
        ids = [f"H{self.number * PER_TABLE + at}" for at in range(len(self.statuses))]
        form = self.number % 4
        if form == 0:
            status = self.statuses[0]
            return (
                f"---\nkind: hole\nid: {ids[0]}\ntitle: Berth {self.number}\nstatus: {status}\n---\n\n# Berth {self.number}\n"
            )
        if form == 1:
            parts = (f"## {name}: Berth\n\n**Status**: {status}\n" for name, status in zip(ids, self.statuses, strict=True))
            return "---\nrecords: hole\n---\n\n# Berths\n\n" + "\n".join(parts)
        if form == ROWS:
            rows = "".join(f"| {name} | Berth | {status} |\n" for name, status in zip(ids, self.statuses, strict=True))
            return f"---\nrecords: {{hole: rows}}\n---\n\n# Berths\n\n| ID | Title | Status |\n|---|---|---|\n{rows}"
        return f"# Notes {self.number}\n\n{FORGOTTEN if self.number == FORGETS else ''}Berths are numbered from the pier.\n"


def documents(count: int) -> list[Document]:
    """Give the documents as the first commit has them."""
    sizes = (1, PER_SECTION, PER_TABLE, 0)
    return [Document(number, ["pending"] * sizes[number % 4]) for number in range(count)]


def stream(commits: int, count: int) -> Iterator[bytes]:
    """Give what `git fast-import` makes the repository from."""
    chance = random.Random(RANDOM)
    every = documents(count)
    for number in range(commits):
        yield _commit(number, every if number == 0 else _edited(every, chance))


def _edited(every: Sequence[Document], chance: random.Random) -> list[Document]:
    chosen = chance.sample(every, chance.randint(1, 3))
    for document in chosen:
        document.edits += 1
        if document.statuses and chance.random() < MOVES:
            at = chance.randrange(len(document.statuses))
            document.statuses[at] = NEXT[document.statuses[at]]
    return chosen


def _commit(number: int, changed: Sequence[Document]) -> bytes:
    when = BEGUN + number * STEP
    person = f"Noor <noor@example.org> {when} +0100"
    message = f"Sweep berth {number}".encode()
    parts = [f"commit refs/heads/main\nauthor {person}\ncommitter {person}\ndata {len(message)}\n".encode(), message, b"\n"]
    for document in changed:
        text = document.text().encode()
        parts += [f"M 100644 inline {document.path}\ndata {len(text)}\n".encode(), text, b"\n"]
    return b"".join(parts)


def build(folder: Path, commits: int, count: int) -> None:
    """Make the repository."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=b"".join(stream(commits, count)), check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard", "main"], check=True)


def one_more(folder: Path) -> None:
    """Commit once more."""
    with (folder / "docs" / "part0" / "doc000.md").open("a", encoding="utf-8") as stream:
        stream.write("- One note more.\n")
    person = ["-c", "user.name=Noor", "-c", "user.email=noor@example.org"]
    last = subprocess.run(["git", "-C", folder, "log", "-1", "--format=%ct"], check=True, capture_output=True, text=True)
    when = f"{int(last.stdout) + STEP} +0100"
    dated = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", "-C", folder, *person, "commit", "-q", "-a", "-m", "Note it"], check=True, env=dated)


def timed(title: str, command: Sequence[str], folder: Path, cache: Path) -> None:
    """Run a command, and print what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode == FAILED:
        sys.exit(done.stderr.decode())
    print(f"  {title:44} {took:7.2f} s   {spent:7.2f} s of processor   {len(done.stdout.splitlines()):6} lines")


def main() -> None:
    """Build the repository and time all runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="make the repository there and leave it")
    wanted = parser.parse_args()
    docsync = [sys.executable, "-m", "docsync", "history"]
    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = wanted.keep or Path(scratch) / "repository", Path(scratch) / "cache"
        build(folder, wanted.commits, wanted.documents)
        print(f"{wanted.commits} commits, {wanted.documents} documents")
        timed("history, first run", docsync, folder, cache)
        timed("history, second run", docsync, folder, cache)
        timed("history H21, second run", [*docsync, "H21"], folder, cache)
        metric = "holes.resolved/holes.total"
        timed(f"history {metric}", [*docsync, metric], folder, cache)
        timed(f"history {metric}, again", [*docsync, metric], folder, cache)
        timed("history --when-broken DS201", [*docsync, "--when-broken", "DS201"], folder, cache)
        timed("history --when-broken DS201, again", [*docsync, "--when-broken", "DS201"], folder, cache)
        one_more(folder)
        timed("history, after one more commit", docsync, folder, cache)
        timed(f"history {metric}, after it", [*docsync, metric], folder, cache)
        timed("history --when-broken DS201, after it", [*docsync, "--when-broken", "DS201"], folder, cache)


if __name__ == "__main__":
    main()
