"""Which section of a document a name speaks of: by its number, or by the first words of its title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from docsync.models.blocks import Heading
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.entities import find_entities
from docsync.parser.masking import mask
from docsync.parser.statements import plain
from docsync.parser.vocabulary import Vocabulary

_STORY = re.compile(r"^us-?(\d+)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]+")
_LABELLED = re.compile(r"^\W*[A-Za-z ]{3,14}\s\d+[A-Za-z]?\s*[:.—–-]\s*")
_JOINED = re.compile(r"\s(?:&|and|\+|[-–—])\s|,\s")
_ENDS = re.compile(r"[:：(]|\s[-–—]\s|\s\d")


class Sections:
    """Find sections, among those given, by what a line or row calls them."""

    def __init__(self, source: TieSource, indexes: Iterable[int]) -> None:
        self._vocabulary = source.vocabulary
        self._names: dict[str, list[int]] = defaultdict(list)
        self._titles: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for index in indexes:
            block = source.blocks[index]
            if isinstance(block, Heading):
                text = block.inline.text
                for name in dict.fromkeys(names(text, self._vocabulary)):
                    self._names[name].append(index)
                for title in _titles(text):
                    self._titles[title].add(index)

    def find(self, text: str) -> int:
        """Give the one section that a text names, -1 for none or several."""
        found = list(dict.fromkeys(names(text, self._vocabulary)))
        if found:
            hits = {index for name in found if len(self._names[name]) == 1 for index in self._names[name]}
            return hits.pop() if len(hits) == 1 and not _several(found) else -1
        words = tuple(word.lower() for word in _WORDS.findall(_BRACKETS.sub("", plain(text))))
        called = self._titles.get(words, set()) if words else set()
        return next(iter(called)) if len(called) == 1 else -1


def names(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Give the numbered names in a text, `US3` as `user story 3`; priorities (`P1`) are none."""
    for named in find_entities(mask(text), vocabulary=vocabulary):
        for name in named.names:
            story = _STORY.match(name)
            if story or named.label in ("story", "user story"):
                yield f"user story {story[1] if story else name.rsplit(' ', 1)[-1]}"
            elif named.label:
                yield name


def lead_of(text: str) -> str:
    """Give the name with which a line begins: what stands before its colon, bracket, dash or number."""
    found = _ENDS.search(text, 1)
    return text[: found.start()] if found else text


def _several(found: list[str]) -> bool:
    """Tell whether a text names two of a kind, so that its number may be that of both."""
    kinds = [name.rsplit(" ", 1)[0] for name in found]
    return len(set(kinds)) < len(kinds)


def _titles(text: str) -> Iterator[tuple[str, ...]]:
    """Give a title's words, and those before its `&`: `Polish & Cross-Cutting Concerns` is called `Polish`."""
    bare = _LABELLED.sub("", _BRACKETS.sub("", plain(text)))
    for part in dict.fromkeys((bare, _JOINED.split(bare, maxsplit=1)[0])):
        yield tuple(word.lower() for word in _WORDS.findall(part))
