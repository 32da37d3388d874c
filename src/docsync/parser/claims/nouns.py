"""What a number counts: the noun after it, the words between, and how the counted things stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docsync.parser.entities import Named, entity_at, find_entities, may_name
from docsync.parser.vocabulary import Vocabulary

MEASURES: Final = frozenset(
    """
    seconds minutes hours days weeks months years quarters secs mins hrs milliseconds bytes kilobytes megabytes gigabytes kb mb
    gb dollars euros cents percent pixels degrees tokens characters chars points times second minute hour day week month year
    cores cpus gigs miles meters metres
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
"""The plural words that measure: what they count are no items."""

_WORD = re.compile(r"[ \t\n]+([A-Za-z][A-Za-z'’]*(?:[-/][A-Za-z]+)*)(?![\w-]|\.\w)")
_BLANKS = " \t\n"
_SPACE = re.compile(rf"[{_BLANKS}]+")
_KEY_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_IRREGULAR = frozenset({"criteria", "children", "people", "indices", "matrices", "schemata", "data"})
_STOPS = frozenset(
    """
    of in to for and or with on at by from per the a an as than vs via was were has had have is are am be been being can could
    will would should must may might that this these those which who what when where while if but nor so because into onto over
    after before until since through during within without about above below between under across plus minus versus not no
    remains needs includes including requires contains covers means takes makes gives gets lets seems becomes exists applies
    follows provides supports across previous various less its us yes always perhaps besides towards series it they we you he
    she i all each every any both such only also just then there here more's let's following as-is does says uses shows ends
    starts begins passes fails enables allows returns creates handles makes sends reads calls keeps adds blocks unblocks
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_LINKS = frozenset(
    """
    are is were was be been have has now all fully already successfully currently confirmed marked still being as yet to remain
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_SINGULAR = frozenset(
    {"criterion", "test", "task", "hole", "phase", "gate", "file", "issue", "item", "step", "plan", "session", "requirement"}
    | {"blocker", "bug", "error", "failure", "commit", "module", "component", "document", "decision", "workstream", "story"}
)
_FILLERS = frozenset(
    {
        "total",
        "overall",
        "current",
        "all",
        "progress",
        "number",
        "of",
        "count",
        "the",
        "status",
        "so",
        "far",
        "no",
        "and",
        "new",
    }
    - {"new"}
)
_NOT_PARTICIPLES = frozenset({"need", "indeed", "speed", "seed", "feed", "embed", "red", "led", "shed"})
_REST = re.compile(r"[ \t\n]+([A-Za-z][A-Za-z0-9'’ \t\n-]{0,60})")
_PLAIN_HEADERS = frozenset(
    {"value", "values", "count", "current", "actual", "number", "amount", "result", "results", "total", "status", "progress"}
    | {"target", "goal", "before", "after", "now", "achieved", "quantity", "figure", "#", "baseline", "expected", "planned"}
)
_MOST_WORDS = 7
_MOST_QUALIFIERS = 4


class Phrase(Struct, frozen=True):
    """Hold what stands after a number, up to `end`: `of` gives the entities inside, as in `4/14 Gate 1 criteria`."""

    noun: str
    state: str
    qualifier: str
    of: tuple[str, ...]
    end: int


def phrase_after(text: str, start: int, end: int, vocabulary: Vocabulary) -> Phrase:
    """Read the words after a number: `interface holes resolved` has the noun `holes` and the state `resolved`."""
    if text[start : start + 1] not in _BLANKS:
        return Phrase("", "", "", (), start)
    return _Words(text, start, end, vocabulary).phrase()


class _Words:
    """Read the words after a number one by one; `last` is where what has been understood ends."""

    def __init__(self, text: str, start: int, end: int, vocabulary: Vocabulary) -> None:
        self.text, self.start, self.end, self.vocabulary = text, start, end, vocabulary
        self.at = self.last = start
        self.noun = self.state = ""
        self.qualifiers: list[str] = []
        self.of: list[str] = []

    def phrase(self) -> Phrase:
        """Give what the words say; words that lead to no noun say nothing."""
        for _ in range(_MOST_WORDS):
            if not self._step():
                break
        if self.noun:
            return Phrase(self.noun, self.state, " ".join(self.qualifiers), tuple(self.of), self.last)
        if self.qualifiers:
            return Phrase("", "", "", (), self.start)
        return Phrase("", self.state, "", tuple(self.of) if self.state else (), self.last)

    def _step(self) -> bool:
        """Read one word or name; False where the phrase ends."""
        found = _WORD.match(self.text, self.at, self.end)
        word = found[1].lower() if found else ""
        if (not word or word in self.vocabulary.labels) and (named := self._named()):
            self.of.extend(named.names)
            self.at = named.end
            return not self.noun
        if found is None:
            return False
        self.at = found.end()
        if state := self._state(word):
            self.state, self.last = state, self.at
            return not self.noun and self._noun_follows()
        return self._after_noun(word) if self.noun else self._before_noun(word)

    def _named(self) -> Named | None:
        space = _SPACE.match(self.text, self.at)
        return entity_at(self.text, space.end(), self.vocabulary) if space else None

    def _state(self, word: str) -> str:
        """Read a word, or two, that say how things stand; `not resolved` is its own state."""
        words, states = self.vocabulary.words, self.vocabulary.states
        after = _WORD.match(self.text, self.at, self.end) if word in self.vocabulary.openers else None
        if after is not None:
            next_word = after[1].lower()
            both = f"{word} {next_word}"
            if both in words or (word == "not" and next_word in states):
                self.at = after.end()
                return both
        return word if word in states else ""

    def _noun_follows(self) -> bool:
        after = _WORD.match(self.text, self.at, self.end)
        word = after[1].lower() if after else ""
        return is_noun(word, self.vocabulary) and word not in self.vocabulary.states

    def _after_noun(self, word: str) -> bool:
        if word not in _LINKS and _is_participle(word):
            self.state, self.last = word, self.at
            return False
        return word in _LINKS

    def _before_noun(self, word: str) -> bool:
        if is_noun(word, self.vocabulary):
            self.noun, self.last = word, self.at
            return True
        if _is_participle(word) and not self.qualifiers and not self._noun_follows():
            self.state, self.last = word, self.at
            return False
        if word in _STOPS or len(self.qualifiers) == _MOST_QUALIFIERS:
            return False
        self.qualifiers.append(word)
        return True


@lru_cache(maxsize=1 << 10)  # a column's header is asked for in each row, and many documents have the same keys
def key_phrase(key: str, vocabulary: Vocabulary) -> Phrase:
    """Read noun, state and qualifier from the key or column header that a number stands under: `Holes resolved`."""
    if ":" in key:  # `Phase 2: Stores and queues` is a title
        return Phrase("", "", "", (), 0)
    for named in reversed(list(find_entities(key, vocabulary=vocabulary)) if may_name(key, vocabulary) else []):
        key = key[: named.start] + key[named.end :]
    words = [found[0].lower() for found in _KEY_WORD.finditer(key)]
    nouns = [word for word in words if word not in vocabulary.states and is_plural(word, vocabulary)]
    noun = nouns[-1] if nouns else ""
    after = words[words.index(noun) + 1 :] if noun else []
    stated = (word for word in reversed(words) if word in vocabulary.states and word != "total")
    state = next(stated, "") or next(filter(_is_participle, after), "")
    rest = (word for word in words if word not in (noun, state) and word not in _FILLERS)
    return Phrase(noun, state, " ".join(rest), (), 0)


def is_plain_header(header: str) -> bool:
    """Tell whether a column's header leaves it to the row's label to say what is counted: `Value`, `Current`."""
    return header.casefold().strip() in _PLAIN_HEADERS


def rest_after(text: str, start: int, end: int) -> str:
    """Give the words after a claim up to the next sign, lower-case."""
    found = _REST.match(text, start, end)
    return " ".join(found[1].lower().split()) if found else ""


def is_noun(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a lower-case word can be what a number counts: a plural, or a single record."""
    if word in _IRREGULAR or word in _SINGULAR or word in vocabulary.nouns:
        return True
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ous", "'s", "’s")):  # noqa: PLR2004 -- the shortest plural worth counting has four letters
        return False
    return word not in _STOPS


def is_plural(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a lower-case word names several things."""
    return (word.endswith("s") or word in _IRREGULAR) and is_noun(word, vocabulary)


def _is_participle(word: str) -> bool:
    return word.endswith("ed") and word not in _NOT_PARTICIPLES
