"""How the long lists of a frozen value wait as bytes until somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

_Value = TypeVar("_Value", bound=Struct)
_Held = Callable[[Any], object]
"""Gives what a field of a value holds, packed or not."""

_encoder: Final = Encoder()
_packing: Final[dict[type[Struct], dict[str, _Held]]] = {}
"""The fields of each class that `packs` was told of."""


def packs(**items: type[Struct]) -> Callable[[type[_Value]], type[_Value]]:
    """Let fields of a class, each a tuple of one type of values, hold these packed, too; who reads them gets the tuple.

    Seventeen headings take four kilobytes as values and half of one as bytes, from which they are made in two microseconds.
    """

    def decorate(made: type[_Value]) -> type[_Value]:
        _packing[made] = {name: getattr(made, name).__get__ for name in items}
        for name, item in items.items():
            setattr(made, name, property(_reader(_packing[made][name], item)))
        made.__eq__ = _equal  # type: ignore[assignment,method-assign]  # what is packed may equal what is not
        return made

    return decorate


def packed(value: _Value) -> _Value:
    """Give the same value with its lists packed; what bytes cannot say exactly stays as it is."""
    found = {name: _bytes(held(value)) for name, held in _packing[type(value)].items()}
    return replace(value, **{name: raw for name, raw in found.items() if raw})


def _bytes(held: object) -> bytes | None:
    if type(held) is not tuple or not held:
        return None
    try:
        return _encoder.encode(held)
    except (OverflowError, UnicodeError):  # a number of more than 64 bits, half a surrogate pair
        return None


def _reader(held: _Held, item: type[Struct]) -> _Held:
    @cache
    def decoder() -> Decoder[object]:
        return Decoder(tuple[item, ...])  # type: ignore[valid-type]  # a type that is a value here

    def read(value: Struct) -> object:
        found = held(value)
        if type(found) is tuple:
            return found
        try:
            return decoder().decode(found)  # type: ignore[arg-type]  # what is no bytes raises
        except Exception:  # noqa: BLE001  # what docsync did not pack itself is as good as nothing
            return ()

    return read


def _equal(one: Struct, other: object) -> bool:
    if type(one) is not type(other):
        return False
    as_held: object = Struct.__eq__(one, other)
    return as_held is True or all(getattr(one, name) == getattr(other, name) for name in one.__struct_fields__)
