"""What is wrong with a configuration, and where."""

from __future__ import annotations

from msgspec import Struct


class ConfigFault(Struct, frozen=True):
    """Hold one fault: the file, its line (from 1, 0 where it is not known), the dotted key, and what was expected there."""

    path: str
    line: int
    key: str
    message: str
    help: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        key = f"{self.key}: " if self.key else ""
        return f"{place}: {key}{self.message}" + (f"; {self.help}" if self.help else "")


class ConfigError(Exception):
    """Say that the configuration cannot be used, with every fault that was seen."""

    def __init__(self, *faults: ConfigFault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class BadChoice(ValueError):
    """Say that a configured value cannot be used; `at` is the rest of its key below the table that is being read."""

    def __init__(self, message: str, advice: str = "", *, at: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.at = at
