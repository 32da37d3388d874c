"""Which known id a misspelt one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct


class Spellings(Struct, frozen=True):
    """Hold known ids by what is left of each when one character is dropped; built once, asked in constant time."""

    known: frozenset[str]
    dropped: Mapping[str, str]

    def near(self, asked: str) -> str:
        """Give a known id one character away (added, dropped, replaced), or one that differs in case or zeros; else nothing."""
        folded = _folded(asked)
        for attempt in (folded, *_drops(folded)):
            if found := self.dropped.get(attempt):
                return found
        return ""


def spellings(ids: Iterable[str]) -> Spellings:
    """Index ids; of two that are equally near, the first is kept."""
    dropped: dict[str, str] = {}
    known = tuple(ids)
    for one in known:
        dropped.setdefault(_folded(one), one)
    for one in known:
        for rest in _drops(_folded(one)):
            dropped.setdefault(rest, one)
    return Spellings(frozenset(known), dropped)


def _folded(text: str) -> str:
    return text.casefold().replace("_", "-").replace(" ", "-")


def _drops(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)) if len(text) > 1)
