"""Whether a pattern for ids is one that docsync can search for: valid, without groups of its own, and never slow.

A configuration comes with the repository, so a pattern may be hostile. One that can be matched in many ways against the same
text takes time exponential in the text's length; what is refused here is every repetition whose turns cannot be told apart.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from math import prod
from typing import Any, Final

from docsync.config.errors import BadChoice

_LONGEST: Final = 500
"""In code points, of a pattern."""
_PROBES: Final = frozenset(chr(code) for code in range(128)) | frozenset("éß中٣\u2028")
"""The characters by which two sets are compared: all of ASCII and a few that classes such as `\\w` take in."""
_CATEGORIES: Final = {
    f"CATEGORY_{name}": re.compile(sign)
    for name, sign in (
        ("DIGIT", r"\d"),
        ("NOT_DIGIT", r"\D"),
        ("SPACE", r"\s"),
        ("NOT_SPACE", r"\S"),
        ("WORD", r"\w"),
        ("NOT_WORD", r"\W"),
    )
}
_REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_MOST_WAYS: Final = 1000
"""Alternatives that begin alike are tried one after the other, and those of one group for each of another's."""
_WIDE: Final = 2
"""So many neighbouring repetitions may share characters: each one more multiplies the ways by the text's length."""


def check_pattern(pattern: str) -> None:
    """Check a pattern for ids; raises BadChoice saying what is wrong with it."""
    if len(pattern) > _LONGEST:
        raise BadChoice(f"a pattern of {len(pattern)} characters", f"at most {_LONGEST} are read")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            parsed = re._parser.parse(pattern)  # type: ignore[attr-defined]  # noqa: SLF001 -- the only parser of this syntax
            # In a group, as it may be searched for beside those of other kinds: global flags cannot stand there.
            compiled = re.compile(f"(?:{pattern})")
    except (re.error, Warning, OverflowError, RecursionError) as error:
        raise BadChoice(f"no regular expression: {error}") from error
    if compiled.groups:
        raise BadChoice("a pattern for ids has no groups of its own", "write (?:…) instead of (…)")
    if compiled.fullmatch(""):
        raise BadChoice("the pattern matches an empty id")
    if prod(_ways(parsed)) > _MOST_WAYS:
        raise BadChoice("too many alternatives that begin alike", "write what they share before them")
    _sequence(parsed)


def _sequence(nodes: Iterable[Any]) -> None:
    """Check what stands side by side: not too many neighbours that could share the same characters out among them."""
    shared: list[frozenset[str]] = []
    for node in nodes:
        _element(node)
        chars = _chars(node)
        least, most = _width(node)
        if least != most:
            if sum(1 for other in shared if other & chars) >= _WIDE:
                raise BadChoice("repetitions that follow each other match the same characters", "put a fixed sign between them")
            shared.append(chars)
        if least:
            shared = [other for other in shared if other & chars]


def _element(node: Any) -> None:  # noqa: ANN401 -- the nodes of re's parser are tuples of many shapes
    name, detail = str(node[0]), node[1]
    if name in _REPEATS:
        _sequence(detail[2])
        if detail[1] > 1:
            _turns(list(detail[2]))
    else:
        for inner in _inner(name, detail):
            _sequence(inner)


def _turns(body: list[Any]) -> None:
    """Check that one turn of a repetition can be told from the next."""
    if any(_ways(body)):
        raise BadChoice("a repetition has alternatives that begin alike", "write what they share before them")
    widths = [_width(node) for node in body]
    if all(least == most for least, most in widths):
        return
    for ends, others in ((body[0], body[1:]), (body[-1], body[:-1])):
        least, most = _width(ends)
        if least == most and not _chars(ends) & frozenset().union(*map(_chars, others)):
            return
    raise BadChoice("a repetition inside a repetition, whose turns run into each other", "begin each turn with a fixed sign")


def _ways(nodes: Iterable[Any]) -> Iterator[int]:
    """Yield for each group of alternatives that begin alike how many they are."""
    for node in nodes:
        name, detail = str(node[0]), node[1]
        if name == "BRANCH" and _alike(detail[1]):
            yield len(detail[1])
        for inner in _inner(name, detail):
            yield from _ways(inner)


def _alike(ways: Iterable[Any]) -> bool:
    seen: frozenset[str] = frozenset()
    for way in ways:
        first = _first(way)
        if seen & first:
            return True
        seen |= first
    return False


def _first(nodes: Iterable[Any]) -> frozenset[str]:
    """Give the characters that a sequence can begin with; all of them where it can be empty."""
    found: frozenset[str] = frozenset()
    for node in nodes:
        found |= _chars(node)
        if _width(node)[0]:
            return found
    return _PROBES


def _inner(name: str, detail: Any) -> list[Any]:  # noqa: ANN401
    """Give the sequences that a node holds."""
    match name:
        case "BRANCH":
            return list(detail[1])
        case "SUBPATTERN":
            return [detail[3]]
        case "ASSERT" | "ASSERT_NOT":
            return [detail[1]]
        case "ATOMIC_GROUP":
            return [detail]
        case _ if name in _REPEATS:
            return [detail[2]]
        case _:
            return []


def _width(node: Any) -> tuple[int, int]:  # noqa: ANN401
    name, detail = str(node[0]), node[1]
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return 0, 0
    inner = [tuple(map(sum, zip(*map(_width, part), strict=True))) or (0, 0) for part in _inner(name, detail)]
    if not inner:
        return 1, 1
    least, most = min(low for low, _ in inner), max(high for _, high in inner)
    return (least * detail[0], most * detail[1]) if name in _REPEATS else (least, most)


def _chars(node: Any) -> frozenset[str]:  # noqa: ANN401
    """Give every probe that a node can match, at any place in it; capitals count as small letters, for `(?i:…)`."""
    name, detail = str(node[0]), node[1]
    match name:
        case "LITERAL":
            found = frozenset(chr(detail))
        case "NOT_LITERAL":
            found = _PROBES - {chr(detail)}
        case "ANY":
            found = _PROBES
        case "IN":
            found = _class(detail)
        case "ASSERT" | "ASSERT_NOT":
            found = frozenset()
        case _:
            found = frozenset().union(*(_chars(part) for inner in _inner(name, detail) for part in inner))
    return frozenset(char.casefold() for char in found)


def _class(members: Iterable[Any]) -> frozenset[str]:
    found: set[str] = set()
    negated = False
    for kind, detail in members:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found.add(chr(detail))
            case "RANGE":
                found.update(char for char in _PROBES if detail[0] <= ord(char) <= detail[1])
            case _:
                found.update(char for char in _PROBES if _CATEGORIES[str(detail)].match(char))
    return _PROBES - found if negated else frozenset(found)
