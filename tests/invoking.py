"""How tests run docsync in this process and keep what it said."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Said(Struct, frozen=True):
    """Hold the exit code of a run, and what it printed to both outputs."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]
