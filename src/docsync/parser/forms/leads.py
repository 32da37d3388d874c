"""Whether a line is about one entity: its name first, then a title and a status."""

from __future__ import annotations

import re

from msgspec import Struct

from docsync.parser.entities import Named, entity_at, find_entities
from docsync.parser.forms.stated import LONGEST, Stated, read_status
from docsync.parser.vocabulary import Vocabulary

_BEFORE = re.compile(
    r"[^\w\[(#]*(?:\[[ xX~✓✅-]\]\s*)?(?:\d{1,3}[.)]\s+)?[^\w\[(#]*[\[(]?"
    r"(?:(?:to|from|hole|task|issue|criterion|ticket|requirement|decision|gate|metric|milestone|workstream|adr)\s+(?=[A-Z#]))?",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:recently\s+)?(?:completed?|finished|resolved|next|current|now|in\s+progress|done|ready|status)\s*:\s+", re.IGNORECASE
)
_AFTER = re.compile(r"(?:\s*[\])\0]+)?(?:\s+(?:progress|status)\b(?=\s*(?:[^\w\s]|$)))?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?::|\s[-–—]\s|—|–|\|)\s*")
_SET_OFF = re.compile(r"\s{2,}(?:[-–—]\s|:\s)")
"""What follows a title in emphasis, whose signs are masked: `**Phase 1: Tide Gauge** - what it measures`."""
_OPENS = re.compile(r"\s*[(\[]")
_PAREN = re.compile(r"\s*\(([^()\n]{1,80})\)")
_REMARKS = re.compile(r"(?:\s*[(\[][^()\[\]\n]{0,80}[)\]]\s*[!.]*)+\s*$")
_BRACKET_END = re.compile(r"[(\[]([^()\[\]\n]{1,60})[)\]]\W*$")
_LAST_PART = re.compile(r"(?:\s[-–—]\s|\s*[—–|→:]\s+)(?=[^-–—|→:]*$)")
_SENTENCE = re.compile(r"[.;]\s|\n")
_LINK = re.compile(r"\s+(?:is|are|has\sbeen|now|is\snow|remains)\s+", re.IGNORECASE)
_SHOUTED = re.compile(r"\s([A-Z]{4,}(?: [A-Z]{3,}){0,2})\W*$")
_WORDS = re.compile(r"[^\W_][\w'’/.+-]*")
_SMALL = frozenset(
    {"and", "of", "for", "the", "to", "a", "an", "in", "on", "with", "or", "by", "from", "via", "vs", "as", "at", "per"}
)
_MODALS = frozenset(
    {
        "must",
        "should",
        "can",
        "could",
        "will",
        "would",
        "may",
        "needs",
        "need",
        "has",
        "have",
        "is",
        "are",
        "was",
        "were",
        "does",
    }
    | {"cannot", "requires", "required", "not", "no", "only", "when", "if", "this", "that", "we", "it"}
)
_SET_APART = re.compile(r"[!.*]*(?:$|\s+by\s|\s*[-–—(|]|[!.]\s|\s*[^\w\s,;:/]+\s*$)")
_COUNTS = re.compile(r"(?:^|[\s(:])[~≈]?\d[\d,.]*\+?(?:\s?/\s?\d+)?\s+[a-z]{3,}")
_MOST_TITLE_WORDS = 10
_LONGEST_STATUS = 40
_TITLE_ENDS = " \t-–—|:([✅🎉!\ufe0f"
_REMARK_WORDS = frozenset(
    {"current", "active", "new", "optional", "updated", "critical", "high", "medium", "low", "mvp", "setup", "partial", "draft"}
    | {"recommended", "required", "future", "next", "later", "today", "final", "wip"}
)
_CAMEL = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+$")


class Lead(Struct, frozen=True):
    """Hold what a line says of the entity that it begins with.

    `title` is `title_start:title_end`, empty where none is plain. `clean` tells that the name is followed by a separator,
    a sign, a bracket, a status or nothing, so that the line is about the entity and does not merely begin with it.
    `sign` is the status sign before the name.
    """

    named: Named
    title: str
    title_start: int
    status: Stated | None
    sign: Stated | None
    clean: bool
    titled: bool
    """The title reads as a name: its words are capitalised."""


def read_lead(text: str, start: int, end: int, vocabulary: Vocabulary) -> Lead | None:
    """Read a masked line from `start` on as one about an entity; None where it does not begin with one."""
    end = min(end, start + LONGEST)
    before = _BEFORE.match(text, start, end)
    at = before.end() if before else start
    if prefix := _PREFIX.match(text, at, end):
        at = prefix.end()
    named = entity_at(text, at, vocabulary)
    if named is None or named.end > end:
        return None
    sign = read_status(text, start, at, vocabulary) if at > start else None
    return _after(text, named, end, sign, vocabulary)


def _after(text: str, named: Named, end: int, sign: Stated | None, vocabulary: Vocabulary) -> Lead:
    sentence = _SENTENCE.search(text, named.end, end)
    end = sentence.start() if sentence else end
    space = _AFTER.match(text, named.end, end)
    at = space.end() if space else named.end
    status = _direct(text, at, end, vocabulary) or _separated(text, at, end, vocabulary) or _trailing(text, at, end, vocabulary)
    title, title_start = _title(text, at, status.start if status else end, vocabulary)
    # An entity among the title's words makes the line one about both, or about neither.
    other = next(find_entities(title, vocabulary=vocabulary), None) if title else None
    clean = at >= end or _follows_cleanly(text, named.end, at, end, status)
    return Lead(named, "" if other else title, title_start, status, sign, clean and other is None, _is_name(title))


def read_direct(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[Named, Stated] | None:
    """Read a clause that says no more than a name and, in words, its status: `Phase 6 in progress`, `H17 is ready to start`."""
    named = entity_at(text, start, vocabulary)
    if named is None:
        return None
    space = _AFTER.match(text, named.end, end)
    stated = _direct(text, space.end() if space else named.end, end, vocabulary)
    return (named, stated) if stated is not None and stated.worded else None


def _direct(text: str, at: int, end: int, vocabulary: Vocabulary) -> Stated | None:
    """Read a status right after the name: `Phase 3 in progress`, `H6 is blocked by H2`, `H9 ✅`, `H2 (QueueStore) done`."""
    paren = _PAREN.match(text, at, end)
    for start in (at, paren.end()) if paren else (at,):
        link = _LINK.match(text, start, end)
        begin = link.end() if link else start
        if begin < end and text[begin] != ":" and not _SEPARATOR.match(text, begin, end):
            found = read_status(text, begin, end, vocabulary)
            if found is not None:
                return found
    return None


def _separated(text: str, at: int, end: int, vocabulary: Vocabulary) -> Stated | None:
    """Read a status that stands where the title would: `Gate 2: COMPLETE - all criteria met`."""
    separator = _SEPARATOR.match(text, at, end)
    found = read_status(text, separator.end(), end, vocabulary) if separator else None
    if found is None or not found.worded or any(map(str.isalnum, text[at : found.start])):
        return None
    return found if _SET_APART.match(text, found.end, end) else None


def _trailing(text: str, at: int, end: int, vocabulary: Vocabulary) -> Stated | None:
    """Read the status at the end of a line: in brackets, after the last sign, or after the last dash or colon."""
    closes = _has_bracket(text, at, end)
    bracket = _BRACKET_END.search(text, at, end) if closes else None
    inner = read_status(text, *bracket.span(1), vocabulary) if bracket else None
    if bracket and inner and inner.worded and not text[inner.end : bracket.end(1)].strip(" !.✅"):
        return inner
    remarks = _REMARKS.search(text, at, end) if closes else None
    found = _last_part(text, at, remarks.start() if remarks else end, vocabulary)
    if found is not None or inner is None or not inner.worded or text[inner.end] == ",":
        return found
    return inner


def _has_bracket(text: str, start: int, end: int) -> bool:
    return text.find(")", start, end) >= 0 or text.find("]", start, end) >= 0


def _last_part(text: str, at: int, end: int, vocabulary: Vocabulary) -> Stated | None:
    signs = list(vocabulary.signs.finditer(text, at, end))
    if signs:
        return _of_sign(text, at, end, signs[-1], vocabulary)
    part = _LAST_PART.search(text, at, end)
    found = read_status(text, part.end(), end, vocabulary) if part else None
    if found is not None and text[found.end : found.end + 1] != ",":
        return found
    shouted = _SHOUTED.search(text, at, end)
    return read_status(text, shouted.start(1), end, vocabulary) if shouted else None


def _of_sign(text: str, at: int, end: int, sign: re.Match[str], vocabulary: Vocabulary) -> Stated | None:
    """Read a trailing sign with the status words beside it, after it or before it; other words after it make it none."""
    if any(map(str.isalnum, text[sign.end() : end])):
        return read_status(text, sign.start(), end, vocabulary)
    if _COUNTS.search(text, at, sign.start()):  # `Phase 1: 19 tests ✅` ticks the tests
        return None
    first = max(0, sign.start() - _LONGEST_STATUS)
    parts = list(_SEPARATOR.finditer(text, first, sign.start()))
    starts = [parts[-1].end()] if parts else []
    if shouted := _SHOUTED.search(text[: sign.start()].rstrip(), first):
        starts.append(shouted.start(1))
    for start in starts:
        found = read_status(text, start, sign.start(), vocabulary)
        if found is not None and found.worded:
            return found
    return read_status(text, sign.start(), end, vocabulary)


def _follows_cleanly(text: str, at: int, after: int, end: int, status: Stated | None) -> bool:
    """Tell whether the name at `at`, and what belongs to it up to `after`, is followed by a sign that sets it apart."""
    if text[at : at + 1] == "]" or not text[after:end].strip():
        return True
    if status is not None and not any(map(str.isalnum, _LINK.sub(" ", text[after : status.start]))):
        return True
    return _SEPARATOR.match(text, after, end) is not None or _OPENS.match(text, after, end) is not None


def _title(text: str, at: int, end: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """Give the title after a name: in the brackets next to it, or after a separator up to the status."""
    if paren := _PAREN.match(text, at, end):
        inner = paren[1]
        if _CAMEL.match(inner) or _is_bracket_title(inner, vocabulary):
            return inner.strip(), paren.start(1)
        at = paren.end()
    separator = _SEPARATOR.match(text, at, end)
    if separator is None:
        return "", at
    start = separator.end()
    body = _SET_OFF.split(text[start:end], maxsplit=1)[0].rstrip(_TITLE_ENDS)
    if (")" in body or "]" in body) and (remarks := _REMARKS.search(body)):
        body = body[: remarks.start()]
    title = body.rstrip(_TITLE_ENDS).strip()
    words = _WORDS.findall(title)
    plain = bool(words) and len(words) <= _MOST_TITLE_WORDS and "\0" not in title and words[0].lower() not in _MODALS
    return (title, start + len(body) - len(body.lstrip())) if plain and not title[0].isdigit() else ("", at)


def _is_bracket_title(inner: str, vocabulary: Vocabulary) -> bool:
    """Tell whether what stands in brackets after a name is its title, not a status or a remark."""
    if not _is_name(inner) or inner.lower() in _REMARK_WORDS or any(map(str.isdigit, inner)):
        return False
    return read_status(inner, 0, len(inner), vocabulary) is None


def _is_name(title: str) -> bool:
    """Tell whether the words of a title are capitalised, small ones aside."""
    words = _WORDS.findall(title)
    return bool(words) and all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words)
