"""Whether a piece of text is a status: a sign or a status word, with at most a remark after it."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from docsync.models.status import MAX_WORDS, Status, word_key
from docsync.parser.entities import names_in
from docsync.parser.vocabulary import Vocabulary

LONGEST: Final = 160
"""How many characters of a line are looked at for its status; longer lines are prose."""

_SIGNS = re.compile(r"[^\w\[(\0]*")  # code is no sign: `parse` fails on …
_SHARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?\s?%\s+")
_WORD = re.compile(r"[ -]?[^\W\d_][\w'’]*")
_GOES_ON = re.compile(
    r"[^\w]*$|\s*[()\[\],;.!:|/–—✅🎉→]|\s+-\s|\s+(?:by|on|in|since|at|as|until|but|pending|per|via|this|last|today|early|ahead|except|with)\b",
    re.IGNORECASE,
)
_BLOCKED_BY = re.compile(r"\b(?:blocked|waiting|waits|on\shold|depends|pending)\s(?:by|on|for)\b:?\s*", re.IGNORECASE)
_MARKS: Final = {"x": Status.RESOLVED, "X": Status.RESOLVED, "✓": Status.RESOLVED, "✅": Status.RESOLVED, " ": Status.PENDING}
_VERBS: Final = frozenset({"pass", "passes", "fail", "fails"})
_OBJECT = re.compile(r"\s+[a-z]")
_STARTED = frozenset("▶/>◐")


class Stated(Struct, frozen=True):
    """Hold a status that a text states at `start:end`; `worded` tells that a word says it, not only a sign."""

    status: Status
    start: int
    end: int
    worded: bool


def read_status(text: str, start: int, end: int, vocabulary: Vocabulary) -> Stated | None:
    """Read the status that a masked text states between `start` and `end`, from its first words or its lone sign."""
    while start < end and text[start] in " \t\n([":
        start += 1
    words = _SIGNS.match(text, start, end)
    at = words.end() if words else start
    if share := _SHARE.match(text, at, end):
        at = share.end()
    length = _status_words(text, at, end, vocabulary)
    if length:
        status = vocabulary.status(text[start : at + length])
        return Stated(status, start, at + length, worded=True) if status else None
    if at < end and text[at : at + 1].isalnum():
        return None
    return _sign(text, start, end, vocabulary)


def mark_status(mark: str | None) -> Status | None:
    """Give the status that the mark of a checkbox stands for, None for one that drops the item or is unknown."""
    if mark is None:
        return None
    return Status.IN_PROGRESS if mark in _STARTED else _MARKS.get(mark)


def blockers(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the entities that a status names as what it waits for: `Blocked by H2, H5`."""
    found = _BLOCKED_BY.search(text)
    if found is None:
        return ()
    return names_in(text[found.end() : found.end() + LONGEST].split(";", maxsplit=1)[0], vocabulary)


def _status_words(text: str, start: int, end: int, vocabulary: Vocabulary) -> int:
    """Give the length of the status words that begin at `start`, 0 where there are none or the text goes on as a name."""
    ends: list[int] = []
    at = start
    for _ in range(MAX_WORDS):
        found = _WORD.match(text, at, end)
        if found is None or (at == start and found[0][0] in " -"):
            break
        at = found.end()
        if not ends and _first(found[0]) not in vocabulary.first_words:
            break
        ends.append(at)
    for last in reversed(ends):
        word = word_key(text[start:last])
        if word in vocabulary.words and _GOES_ON.match(text, last, end):
            return 0 if word in _VERBS and _OBJECT.match(text, last, end) else last - start
    return 0


def _first(word: str) -> str:
    return word.casefold().replace("’", "'").partition("_")[0]


def _sign(text: str, start: int, end: int, vocabulary: Vocabulary) -> Stated | None:
    found = vocabulary.signs.search(text, start, end)
    if found is None:
        return None
    status = vocabulary.emoji.get(found[0].rstrip("\ufe0f"))
    return Stated(status, found.start(), found.end(), worded=False) if status else None
