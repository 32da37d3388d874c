"""How a report in XML is read: as a stream of elements, with nothing fetched, nothing expanded and an end to everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn, Protocol, TypeAlias
from xml.parsers import expat
from xml.parsers.expat import errors

Attributes: TypeAlias = Mapping[str, str]

_DEEPEST: Final = 64
_MOST: Final = 5_000_000
"""Elements of one report."""
_CUT_OFF: Final = frozenset(
    {
        errors.codes[errors.XML_ERROR_NO_ELEMENTS],
        errors.codes[errors.XML_ERROR_UNCLOSED_TOKEN],
        errors.codes[errors.XML_ERROR_PARTIAL_CHAR],
        errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)


class Unreadable(Exception):
    """Say why a file is no report, in words that go on from its name: `is cut off at line 12`."""


class Foreign(Unreadable):
    """Say that a file is well-formed as far as it was read, and something else."""


class Listener(Protocol):
    """Take elements in; text between them is left out."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element, its name without a prefix."""
        ...

    def end(self, name: str) -> None:
        """Take its end."""
        ...


def listen(raw: bytes, roots: frozenset[str], listener: Listener) -> None:
    """Tell of all elements of a report in order; raises Unreadable, also where the outermost is none of `roots`."""
    if not raw.strip():
        raise Unreadable("is empty")
    parser = expat.ParserCreate()
    guard = _Guard(roots, listener)
    parser.StartElementHandler = guard.begin
    parser.EndElementHandler = guard.end
    parser.StartDoctypeDeclHandler = _doctype
    parser.EntityDeclHandler = _entity
    parser.SkippedEntityHandler = _entity
    try:
        parser.Parse(raw, True)  # noqa: FBT003  # expat's own signature
    except expat.ExpatError as error:
        raise Unreadable(_told(error)) from error
    except LookupError as error:
        raise Unreadable("is in an encoding that nobody knows") from error


class _Guard:
    """Hold the limits, and count what is passed on."""

    def __init__(self, roots: frozenset[str], listener: Listener) -> None:
        self._roots = roots
        self._listener = listener
        self._depth = 0
        self._count = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        self._depth, self._count = self._depth + 1, self._count + 1
        name = name.rpartition(":")[2]
        if self._count == 1 and name not in self._roots:
            raise Foreign(f"begins with <{name[:40]}>, where <{'> or <'.join(sorted(self._roots))}> was expected")
        if self._depth > _DEEPEST:
            raise Unreadable(f"has elements more than {_DEEPEST} levels deep")
        if self._count > _MOST:
            raise Unreadable(f"has more than {_MOST:,} elements")
        self._listener.begin(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._listener.end(name.rpartition(":")[2])


def _doctype(_name: str, _system: str | None, _public: str | None, internal: int) -> None:
    """Pass over a DTD that is merely named, as many tools do: nothing is ever fetched."""
    if internal:
        raise Unreadable("holds a DTD of its own, which is not read")


def _entity(*_: object) -> NoReturn:
    raise Unreadable("uses entities, which are not expanded")


def _told(error: expat.ExpatError) -> str:
    if error.code in _CUT_OFF:
        return f"is cut off at line {error.lineno}"
    return f"is no XML: {errors.messages.get(error.code, 'not well-formed')} at line {error.lineno}"
