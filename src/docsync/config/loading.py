"""What a project has chosen: its configuration file, validated, as a frozen Config.

Loading imports pydantic, with a file and without one, because the built-in kinds are pydantic models and their KindSpecs are
derived from them (70 ms of the 120 ms that a first load takes). A Config is plain and can be pickled, so a run in which
nothing changed keeps the one it had, by the bytes of the two files, and never comes here.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from docsync.config.building import build
from docsync.config.checks import faults
from docsync.config.errors import BadChoice, ConfigError, ConfigFault
from docsync.config.faults import place, told
from docsync.config.key_lines import Key, key_lines, line_of
from docsync.config.kinds import merged_kinds
from docsync.config.schema import DocsyncTable
from docsync.config.values import Config

OWN_FILE: Final = "docsync.toml"
SHARED_FILE: Final = "pyproject.toml"
_TABLE: Final = ("tool", "docsync")
_MAX_BYTES: Final = 1_000_000
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def load_config(root: str) -> Config:
    """Give the choices of the project at `root`, the defaults where it has made none; raises ConfigError."""
    own = _read(root, OWN_FILE)
    shared = _read(root, SHARED_FILE)
    shared_table = _shared_table(shared, lenient=own is not None) if shared else None
    if own is not None and shared is not None and shared_table is not None:
        message = f"both {OWN_FILE} and [tool.docsync] of {SHARED_FILE} configure docsync"
        raise ConfigError(ConfigFault(SHARED_FILE, line_of(key_lines(shared), _TABLE), "", message, "keep one of the two"))
    if own is not None:
        return _validated(_parsed(OWN_FILE, own), OWN_FILE, own, ())
    if shared is not None and shared_table is not None:
        return _validated(shared_table, SHARED_FILE, shared, _TABLE)
    return default_config()


def default_config() -> Config:
    """Give the choices of a project that has made none."""
    table = DocsyncTable()
    return build(table, merged_kinds(table))


def parse_config(text: str) -> Config:
    """Give the choices that the text of a docsync.toml makes; raises ConfigError."""
    return _validated(_parsed(OWN_FILE, text), OWN_FILE, text, ())


def fault_in(root: str, source: str, choice: BadChoice) -> ConfigFault:
    """Say where in the file that choices came from one of them cannot be used, as those who know more than `config` tell."""
    return _fault(choice, source, key_lines(_read(root, source) or ""), _TABLE if source == SHARED_FILE else ())


def _read(root: str, name: str) -> str | None:
    path = os.path.join(root, name)
    try:
        # Looked at before it is opened, because a pipe of that name would keep us waiting.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(ConfigFault(name, 0, "", f"the file cannot be read: {error.strerror}")) from error
    if len(raw) > _MAX_BYTES:
        raise ConfigError(ConfigFault(name, 0, "", f"the file has more than {_MAX_BYTES:,} bytes"))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(ConfigFault(name, line, "", "the file is not UTF-8")) from error


def _shared_table(text: str, *, lenient: bool) -> dict[str, Any] | None:
    """Give the table tool.docsync; a file that does not speak of docsync, or is not asked to, may be as broken as it likes."""
    if "docsync" not in text:
        return None
    try:
        tool = _parsed(SHARED_FILE, text).get("tool")
    except ConfigError:
        if lenient:
            return None
        raise
    found = tool.get("docsync") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise ConfigError(ConfigFault(SHARED_FILE, line_of(key_lines(text), _TABLE), "tool.docsync", "expected a table"))
    return found


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(ConfigFault(name, 0, "", "lists or tables inside each other too deep")) from error
    except ValueError as error:
        message = str(error)
        found = _AT_LINE.search(message)
        line = int(found[1]) if found else 0
        raise ConfigError(ConfigFault(name, line, "", f"no TOML: {_AT_LINE.sub('', message)}")) from error


def _validated(raw: Mapping[str, Any], name: str, text: str, prefix: tuple[str, ...]) -> Config:
    try:
        table = DocsyncTable.model_validate(raw)
    except ValidationError as error:
        refused = (BadChoice(*told(details), at=place(details)) for details in error.errors(include_url=False))
        raise _error(refused, name, text, prefix) from error
    kinds = merged_kinds(table)
    if wrong := list(faults(table, kinds)):
        raise _error(wrong, name, text, prefix)
    return build(table, kinds, name)


def _error(wrong: Iterable[BadChoice], name: str, text: str, prefix: tuple[str, ...]) -> ConfigError:
    lines = key_lines(text)
    return ConfigError(*(_fault(choice, name, lines, prefix) for choice in wrong))


def _fault(choice: BadChoice, name: str, lines: Mapping[Key, int], prefix: tuple[str, ...]) -> ConfigFault:
    key = (*prefix, *choice.at)
    return ConfigFault(name, line_of(lines, key), _dotted(key), choice.message, choice.advice)


def _dotted(key: Key) -> str:
    """Write a key as TOML does, with the number of a list's item, from 1, behind it."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
