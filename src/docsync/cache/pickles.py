"""How values become bytes for the cache and back, with nothing run on the way that is not one of our own values."""

from __future__ import annotations

import gc
import io
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Final

_ROOMS: Final = ("docsync.models.", "docsync.text.spans", "docsync.config.values", "docsync.engine.fingerprint")
_OTHERS: Final = frozenset({("decimal", "Decimal"), ("datetime", "date")})
_decimal: Final = lru_cache(maxsize=1024)(Decimal)
"""Most numbers are small and come again and again; one takes a hundred bytes."""


class _Reader(pickle.Unpickler):
    """Build only our frozen values: the folder is checked, and this is the second lock."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _OTHERS or (module.startswith(_ROOMS) and "." not in name):
            found: object = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return _decimal if found is Decimal else found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of docsync's")


def dump(value: object) -> bytes | None:
    """Give the bytes of a value; None for one that cannot be kept."""
    try:
        with collector_off():
            return pickle.dumps(value, protocol=5)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
        return None


def load(raw: bytes | None) -> object:
    """Give the value of some bytes; None for nothing and for anything damaged or strange."""
    if raw is None:
        return None
    try:
        with collector_off():
            return _Reader(io.BytesIO(raw)).load()
    except Exception:  # noqa: BLE001  # damaged bytes make a pickle raise whatever they happen to spell
        return None


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, through values of which none is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
