"""Build trees to run over, and read what came out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from docsync.config.values import Config
from docsync.engine.discovery import Found, discover
from docsync.engine.repository import find_repository
from docsync.engine.request import Request, targets_of


def plant(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder; a name that ends in a slash is a folder."""
    for name, content in files.items():
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder as a person without any configuration of their own."""
    person = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c"}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", root, *arguments], check=True, capture_output=True, text=True, env={**os.environ, **person, **quiet}
    )
    return done.stdout


def commit(root: Path) -> None:
    """Make the folder a repository, if it is none, and commit all that is in it."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")


def found_in(root: Path, *paths: str, config: Config | None = None) -> Found:
    """Discover a tree's documents."""
    request = Request(str(root), tuple(str(root / path) for path in paths))
    real = os.path.realpath(root)
    return discover(real, config or Config({}, {}, {}), targets_of(request), find_repository(real))
