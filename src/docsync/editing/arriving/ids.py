"""Which id a new record gets: the next one in the row of its kind's ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from docsync.models.schema import KindSpec

_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d{1,9})[a-z]?", re.DOTALL)
_LITERAL = re.compile(r"[A-Za-z][A-Za-z-]*")
_FIRST: Final = "1"


def next_id(spec: KindSpec, known: Iterable[str]) -> str:
    """Give the id after the highest of the row that most ids belong to, as wide as they are; empty where none can be told.

    `known` are the ids of the kind, in whatever row. A kind without any begins at 1.
    """
    rows = [(found["stem"], found["number"]) for one in known if (found := _NUMBERED.fullmatch(one))]
    if not rows:
        return next((one for one in _firsts(spec) if spec.matches(one)), "")
    stem = rows[-1][0]
    if not stem.endswith("."):  # of parts that are numbered within others, the last part goes on
        (stem, _), *_ = Counter(each for each, _ in rows).most_common(1)
    numbers = [number for each, number in rows if each == stem]
    width = max((len(number) for number in numbers if number.startswith("0")), default=0)
    number = max(map(int, numbers)) + 1
    return next((one for one in (f"{stem}{number:0{width}}", f"{stem}{number}") if spec.matches(one)), "")


def _firsts(spec: KindSpec) -> Iterator[str]:
    """Give what the first id of a kind may be: what its pattern begins with, its initials, or its name, and a 1."""
    literal = _LITERAL.match(spec.id_pattern)
    words = re.split(r"[^A-Za-z0-9]+", spec.name)
    initials = "".join(word[:1] for word in words).upper()
    for stem in (
        literal[0].rstrip("-") if literal else "",
        initials,
        *_shortened(spec.name),
        spec.name.upper(),
        spec.name.capitalize(),
    ):
        if stem:
            yield from (f"{stem}{_FIRST}", f"{stem}-{_FIRST}", f"{stem} {_FIRST}", f"{stem}-00{_FIRST}")


def _shortened(name: str) -> Iterator[str]:
    """Give a name's first two and three letters, and the initials of a word made of two."""
    letters = re.sub(r"[^A-Za-z0-9]", "", name).upper()
    yield from (letters[:2], letters[:3])
    yield from (f"{letters[0]}{letter}" for letter in letters[1:])
