"""Plans that count boats, and what tests need around them: a tree, an editor, and every call to the system in view."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from docsync.text import swapping
from docsync.text.edits import Edit
from docsync.text.source import SourceFile, read
from docsync.text.spans import Span
from docsync.text.writing import Plan, Written, write_all

Action: TypeAlias = Callable[[str, Callable[..., Any], tuple[Any, ...]], None]
Report: TypeAlias = dict[str, Any]

CALLS = (
    *((os, name) for name in ("open", "close", "write", "pread", "fsync", "stat", "fstat", "access", "rename", "replace")),
    *((os, name) for name in ("unlink", "fchmod", "fchown", "listxattr", "getxattr", "setxattr", "removexattr", "listdir")),
    (fcntl, "fcntl"),
    (fcntl, "flock"),
    (swapping, "exchange"),
)
"""Every call to the system that writing makes, but for asking for times and numbers."""

START = {"plan.md": "first\r\n3 boats of 7\r\n", "quay/berths.md": "last\n3 boats of 7"}
DONE = {path: text.replace("3 boats", "5 boats") for path, text in START.items()}
SAVED = "saved\r\n3 boats of 8\r\n"
SAVED_AGAIN = "saved again\r\n3 boats of 9\r\n"
BOATS = re.compile(r"(\d+) boats")


class Steps:
    """Count the calls to the system, and act before the chosen ones."""

    def __init__(self, actions: dict[int, Action] | None = None) -> None:
        self.actions = actions or {}
        self.names: list[str] = []
        self.active = True

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 — stands for any function
            if self.active:
                self.names.append(name)
                if action := self.actions.get(len(self.names)):
                    action(name, function, arguments)
            return function(*arguments, **options)

        return call

    def install(self, replace: Callable[[Any, str, Any], None] = setattr) -> None:
        for module, name in CALLS:
            replace(module, name, self.wrapped(name, getattr(module, name)))


def set_boats(number: int) -> Callable[[SourceFile], tuple[Edit, ...]]:
    def replan(source: SourceFile) -> tuple[Edit, ...]:
        return tuple(Edit(Span(*found.span(1)), str(number)) for found in BOATS.finditer(source.text))

    return replan


def plans(root: str, paths: tuple[str, ...], number: int = 5) -> list[Plan]:
    replan = set_boats(number)
    sources = [read(root, path) for path in paths]
    return [Plan(source.path, source, replan(source), replan) for source in sources]


def lay_out(root: str) -> None:
    clear(root)
    for path, text in START.items():
        target = Path(root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def clear(root: str) -> None:
    for folder, _, names in os.walk(root):
        for name in names:
            os.unlink(os.path.join(folder, name))


def tree(root: str) -> dict[str, str]:
    found = (os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)
    return {os.path.relpath(path, root): Path(path).read_bytes().decode() for path in sorted(found)}


def outcome(written: tuple[Written, ...]) -> list[Report]:
    return [
        {
            "path": one.path,
            "changed": one.changed,
            "text": one.text,
            "code": one.refusal.code if one.refusal else "",
            "message": one.refusal.message if one.refusal else "",
        }
        for one in written
    ]


def write_boats(root: str, paths: tuple[str, ...] = tuple(START), number: int = 5) -> list[Report]:
    return outcome(write_all(root, plans(root, paths, number)))


def save(root: str, style: str, text: str) -> None:
    """Save the plan as editors do: in place, by renaming a new file over it, or the old one away; or delete it."""
    path = Path(root, "plan.md")
    if style == "truncate":
        path.write_text(text, newline="")
    elif style == "rename":
        beside = Path(root, "editor.tmp")
        beside.write_text(text, newline="")
        beside.rename(path)
    elif style == "backup":  # the old file becomes the backup, as vim has it
        path.rename(Path(root, "plan.md~"))
        path.write_text(text, newline="")
    elif style == "delete":
        path.unlink()
    else:
        raise ValueError(style)
