"""How the long lists of a frozen value wait as bytes until somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import MemberDescriptorType
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
_again: Final[list[None]] = []
"""Not empty while what is asked for will be asked for again and again."""


@contextmanager
def asked_again() -> Iterator[None]:
    """Leave unpacked what is read meanwhile: who watches a project would wait for it again at each save."""
    _again.append(None)
    try:
        yield
    finally:
        _again.pop()


def packs(**items: type[Struct]) -> Callable[[type[_Value]], type[_Value]]:
    """Let fields of a class, each a tuple of one type of values, hold these packed, too; who reads them gets the tuple.

    Seventeen headings take four kilobytes as values and half of one as bytes, from which they are made in two microseconds.
    """

    def decorate(made: type[_Value]) -> type[_Value]:
        slots = {name: getattr(made, name) for name in items}
        _packing[made] = {name: slot.__get__ for name, slot in slots.items()}
        for name, slot in slots.items():
            setattr(made, name, property(_reader(slot, items[name])))
        made.__eq__ = _equal  # type: ignore[assignment,method-assign]  # what is packed may equal what is not
        made.__hash__ = None  # type: ignore[assignment]  # and the two would hash otherwise
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


def _reader(slot: MemberDescriptorType, item: type[Struct]) -> _Held:
    held = slot.__get__

    @cache
    def decoder() -> Decoder[object]:
        return Decoder(tuple[item, ...])  # type: ignore[valid-type]  # a type that is a value here

    def read(value: Struct) -> object:
        found = held(value)
        if type(found) is tuple:
            return found
        try:
            items = decoder().decode(found)
        except Exception:  # noqa: BLE001  # what docsync did not pack itself is as good as nothing
            items = ()
        if _again:
            slot.__set__(value, items)  # the same value, held otherwise
        return items

    return read


def _equal(one: Struct, other: object) -> bool:
    if type(one) is not type(other):
        return False
    as_held: object = Struct.__eq__(one, other)
    return as_held is True or all(getattr(one, name) == getattr(other, name) for name in one.__struct_fields__)
