"""Build real repositories to commit, merge and rebase in, and run docsync in them as people do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from trees import plant

DOCSYNC = Path(sys.executable).parent / "docsync"

HOLE = """\
---
kind: hole
id: H{0}
title: {1}
status: {2}
---

# H{0}: {1}

What the harbour still has to find out.
"""

BOARD = """\
# Board

The harbour's open questions.

<!-- docsync:claim holes.resolved/holes.total -->

So far 0/3 holes are resolved (0%), and the pier is open.

<!-- docsync:begin holes view="hole-status" columns="id,title,status" -->
<!-- docsync:end holes -->

Written by the harbour master.
"""

TITLES = {1: "CraneRota", 2: "TideTable", 3: "BerthFees"}
"""The holes that there are from the start."""


class Done(Struct, frozen=True):
    """Hold a command's exit code and all that it said."""

    code: int
    said: str


class Place(Struct, frozen=True):
    """A repository with three holes and a board that shows and counts them."""

    root: Path

    def run(self, *command: str, **environment: str) -> Done:
        """Run a command as a person who has no settings of their own, nor those of a hook that runs the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        person = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_EDITOR": "true", "NO_COLOR": "1"}
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**kept, **person, **quiet, **environment},
            text=True,
            encoding="utf-8",
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Done(done.returncode, done.stdout + done.stderr)

    def git(self, *arguments: str, **environment: str) -> str:
        """Run git, which must succeed."""
        done = self.run("git", *arguments, **environment)
        assert done.code == 0, done.said
        return done.said

    def docsync(self, *arguments: str) -> Done:
        """Run docsync; it never crashes."""
        done = self.run(str(DOCSYNC), *arguments)
        assert "fault of docsync" not in done.said
        return done

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        plant(self.root, {name: text})

    def read(self, name: str) -> str:
        """Give what a file holds."""
        return (self.root / name).read_bytes().decode()

    def settle(self, number: int, status: str = "resolved") -> None:
        """Give a hole another status."""
        self.write(f"holes/H{number}.md", HOLE.format(number, TITLES[number], status))

    def commit(self, message: str) -> None:
        """Regenerate and commit all there is."""
        assert self.docsync("regenerate").code == 0
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "-m", message)

    def committed(self, name: str, commit: str = "HEAD") -> str:
        """Give what a commit holds of a file."""
        return self.git("show", f"{commit}:{name}")

    def state(self) -> str:
        """Give git's short status."""
        return self.git("status", "--porcelain")


def harbour(root: Path) -> Place:
    """Make the repository, committed and fresh."""
    root.mkdir(parents=True, exist_ok=True)
    place = Place(root)
    place.git("init", "-q", "-b", "main", ".")
    place.write("board.md", BOARD)
    for number in TITLES:
        place.settle(number, "pending")
    place.commit("start")
    return place
