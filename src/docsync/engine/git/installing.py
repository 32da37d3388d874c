"""How a repository is told to call docsync when it merges and commits, and how that is taken back."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from msgspec import Struct

from docsync.engine.discovery import MARKDOWN
from docsync.engine.git.asking import ask, attempt, names
from docsync.engine.git.attributes import add_lines, remove_lines
from docsync.engine.git.occasions import HOOKS
from docsync.engine.repository import Repository, find_repository
from docsync.engine.request import JobError
from docsync.text.creating import create
from docsync.text.refusal import Refusal

_SECTION: Final = "merge.docsync"
_NAME: Final = "docsync: merge what people wrote, regenerate the rest"
_OURS: Final = "# Written by `docsync install-hooks`; `docsync install-hooks --uninstall` removes it."
_ATTRIBUTES: Final = "info/attributes"
_UNSET: Final = (b"unspecified", b"docsync")
_SHARED: Final = ("global", "system")


class Told(Struct, frozen=True):
    """Say in a sentence what was done, was there already, or could not be done (`done` false)."""

    text: str
    done: bool = True


class Caller(Struct, frozen=True):
    """Say how docsync is called from a shell: the program's absolute path, and what comes before its own arguments."""

    program: str
    before: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Give the command as a shell reads it."""
        return shlex.join((self.program, *self.before))


def install(root: str, caller: Caller) -> Iterator[Told]:
    """Set up the merge driver, its attributes and the hooks, and tell each step; raises JobError before the first one."""
    repository = _repository(root)
    prefix = os.path.relpath(os.path.realpath(root), repository.top)
    yield from _configure(repository, caller)
    yield from _attribute(repository, "" if prefix == os.curdir else prefix)
    yield from _hook_all(repository, caller, prefix)


def uninstall(root: str) -> Iterator[Told]:
    """Take back all that `install` sets up, and nothing else, and tell each step; raises JobError before the first one."""
    repository = _repository(root)
    code, _, _ = attempt(repository.top, "config", "--local", "--remove-section", _SECTION)
    if not code:
        yield Told(f"removed the merge driver {_SECTION}.* from the repository's configuration")
    if remove_lines(repository.shared, _ATTRIBUTES):
        yield Told(f"removed its lines from {_shown(repository, os.path.join(repository.shared, _ATTRIBUTES))}")
    for hook in HOOKS:
        yield from _unhook(repository, os.path.join(_hooks_folder(repository), hook))
    for name in ("hooks", "info"):
        with suppress(OSError):  # one that is not empty
            os.rmdir(os.path.join(repository.shared, name))


def _unhook(repository: Repository, path: str) -> Iterator[Told]:
    text, shown = _text(path), _shown(repository, path)
    if _OURS in text:
        os.unlink(path)
        yield Told(f"removed the hook {shown}")
    elif " git-hook --root " in text:
        yield Told(f"left alone: {shown}, which is not docsync's: take the line out of it that calls docsync", done=False)


def _repository(root: str) -> Repository:
    repository = find_repository(os.path.realpath(root))
    if repository is None:
        raise JobError(f"{root}: in no git repository, so there is nothing to set up; `git init` makes one")
    return repository


def _configure(repository: Repository, caller: Caller) -> Iterator[Told]:
    settings = {f"{_SECTION}.name": _NAME, f"{_SECTION}.driver": _driver(caller)}
    before = {key: attempt(repository.top, "config", "--local", "--get", key)[1].decode().rstrip("\n") for key in settings}
    for key, value in settings.items():
        ask(repository.top, "config", "--local", key, value)
    there = "is set up already" if before == settings else "set up"
    yield Told(f"{there}: the merge driver {_SECTION}.* in the repository's configuration")


def _driver(caller: Caller) -> str:
    """Give the driver's command; where docsync is gone, git merges the file as any text."""
    program, words = (text.replace("%", "%%") for text in (shlex.quote(caller.program), caller.words))
    run = f"exec {words} merge-driver %O %A %B %L %P %S %X %Y"
    return f"test -x {program} && {run}; exec git merge-file --marker-size=%L %A %O %B"


def _attribute(repository: Repository, prefix: str) -> Iterator[Told]:
    """Name the documents that the driver merges, in the one file of attributes that is this clone's own."""
    where = _shown(repository, os.path.join(repository.shared, _ATTRIBUTES))
    other = _other_driver(repository, prefix)
    if other:
        said = f"{other} is merged in another way, as its attributes say, and {where} would overrule them"
        yield Told(f"left alone: {where}: {said}; write merge=docsync in .gitattributes where it is to hold", done=False)
        return
    folder = f"/{prefix}/**/" if prefix else ""
    lines = [f"{_quoted(f'{folder}*{ending}')} merge=docsync" for ending in MARKDOWN]
    set_up = "set up" if add_lines(repository.shared, _ATTRIBUTES, lines) else "is set up already"
    yield Told(f"{set_up}: merge=docsync for Markdown files{_below(prefix)}, in {where}")


def _other_driver(repository: Repository, prefix: str) -> str:
    """Give a document whose attributes choose another way of merging."""
    tracked = names(ask(repository.top, "ls-files", "-z"))
    documents = [path for path in tracked if path.endswith(MARKDOWN) and path.startswith(f"{prefix}/" if prefix else "")]
    given = b"".join(os.fsencode(path) + b"\0" for path in documents)
    said = ask(repository.top, "check-attr", "-z", "--stdin", "merge", given=given).split(b"\0")
    chosen = zip(said[::3], said[2::3], strict=False)
    return next((os.fsdecode(path) for path, value in chosen if value not in _UNSET), "")


def _below(prefix: str) -> str:
    return f" below {prefix}" if prefix else ""


def _quoted(pattern: str) -> str:
    escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if set(pattern) & set(' "\\') else pattern


def _hook_all(repository: Repository, caller: Caller, prefix: str) -> Iterator[Told]:
    folder = _hooks_folder(repository)
    shared = _shared_by_all(repository)
    if not shared:
        os.makedirs(folder, exist_ok=True)
    for hook in HOOKS:
        path, call = os.path.join(folder, hook), f'git-hook --root {shlex.quote(prefix)} {hook} "$@"'
        line = f"{caller.words} {call} || exit"
        if shared:
            yield Told(f"left alone: {path}: core.hooksPath is {shared}; to use docsync there, add: {line}", done=False)
        else:
            yield _hook(_shown(repository, path), path, _script(caller, call), line)


def _hook(shown: str, path: str, script: str, line: str) -> Told:
    before = _text(path)
    if before == script:
        return Told(f"is set up already: the hook {shown}")
    if os.path.lexists(path) and _OURS not in before:
        if line in before:
            return Told(f"is set up already: the hook {shown}, which calls docsync among others")
        return Told(f"left alone: {shown}, which is not docsync's; {_advice(before, path, line)}", done=False)
    with suppress(FileNotFoundError):
        os.unlink(path)
    try:
        create(*os.path.split(path), script, mode=0o755)
    except Refusal as refusal:
        return Told(f"left alone: {shown}: {refusal.message}", done=False)
    return Told(f"set up: the hook {shown}")


def _advice(before: str, path: str, line: str) -> str:
    if "pre-commit.com" in before and os.path.basename(path) == "pre-commit":
        return "pre-commit wrote it: name the hook docsync-check in .pre-commit-config.yaml instead"
    return f"to use docsync there, add this line to it: {line}"


def _script(caller: Caller, call: str) -> str:
    program = shlex.quote(caller.program)
    return f"""\
#!/bin/sh
{_OURS}
if test -x {program}; then
  exec {caller.words} {call}
elif command -v docsync >/dev/null 2>&1; then
  exec docsync {call}
fi
echo "docsync: not found at "{program}", so nothing was checked or regenerated; install it, or remove $0" >&2
"""


def _hooks_folder(repository: Repository) -> str:
    return os.path.join(repository.top, os.fsdecode(ask(repository.top, "rev-parse", "--git-path", "hooks").rstrip(b"\n")))


def _shared_by_all(repository: Repository) -> str:
    """Say where core.hooksPath is set, if that is for more than this repository."""
    said = (
        attempt(repository.top, "config", "--show-scope", "--get", "core.hooksPath")[1].decode("utf-8", "replace").rstrip("\n")
    )
    scope, _, value = said.partition("\t")
    return f"{value} for all of your repositories" if scope in _SHARED else ""


def _shown(repository: Repository, path: str) -> str:
    """Give a path as people write it: from the repository's top where it lies below."""
    near = os.path.relpath(path, repository.top)
    return path if near.startswith(os.pardir) else near


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except OSError:
        return ""
