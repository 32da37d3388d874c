"""Which numbers only look like claims: scores, ratios, dates, labels, numberings, placeholders."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from docsync.parser.claims.nouns import MEASURES, Phrase, is_plural
from docsync.parser.claims.numbers import Amount
from docsync.parser.claims.tails import Tail
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary

_HUNDRED: Final = 100
_SCALES = frozenset({Decimal(5), Decimal(10), Decimal(100)})
_YEARS = range(1900, 2100)
_LAST_DAY = 31
_SCORES = re.compile(
    r"\b(?:scores?|scored|rat(?:ing|ed)|(?<!pass )(?<!success )(?<!completion )rates?|grade[ds]?|quality|confidence|priority"
    r"|severity|complexity|difficulty|satisfaction|risk"
    r"|impact|stars?|ratio|resolution|viewport|readiness|likelihood|effort|usability|nps|contrast|ranking|rank|verdict)\b",
    re.IGNORECASE,
)
_DATE_KEYS = re.compile(
    r"\b(?:date|day|due|deadline|when|time|version|port|ports|ratio|split|mix|schedule|duration|timeline|weeks?)\b"
    r"|^\W*(?:last\s)?(?:created|updated|modified|started|completed|on)\W*$",
    re.IGNORECASE,
)
_NO_PROGRESS = re.compile(
    r"\b(?:reduc\w+|improve\w*|increas\w+|decreas\w+|faster|slower|speed\w*|confidence|cpu|memory|usage|util\w*|discount|fees?|tax|roi"
    r"|growth|overhead|latency|threshold|probab\w*|accuracy|savings?|saved|share|weight|margin|uptime|availability|bandwidth|opacity"
    r"|width|height|zoom|scale|likelihood|risk|traffic|sampl\w+|rollout|slippage|interest|apy|apr|commission|cost|price|hit|miss"
    r"|packet|loss|battery|disk|context|token\w*|temperature|humidity|volatility|p\d\d|error\srate|failure\srate|bounce|conversion"
    r"|retention|churn|gain|delta|change|impact|efficien\w+|similarity|precision|recall|overlap|fidelity|quality)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([A-Za-z][\w'’.-]*)[ \t\n]+\(?$")
_LAST_WORD = re.compile(r"[A-Za-z][\w'’.-]*\Z")
_QUANTIFIERS = frozenset(
    """
    all both only total exactly about around approximately roughly nearly almost over under these the those our its their has
    have had with and plus for in from to of by needs wrote built made ran found got add adds create implement fix write resolve
    complete define are is was were remaining now currently includes contains covers any some other another or but at
    least most than see run runs ran shows show use uses using across into through after before between up on as that which
    where this via full new existing missing no not each every my your his her we i you they it just even still also
    additionally deliver review support supports track provide test tests tested verify passed failed skipped completed pending
    open closed requires require set sets update updates remove removes merge drop keep move moved split list lists count counts
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_NUMBERING = re.compile(r"[\s\W]*$")
_PLACEHOLDER = re.compile(
    r"\{[A-Za-z_][\w \-|/]{0,40}\}"
    r"|\[(?:date|name|title|number|feature|author|description|your|insert|summary|brief|list|n|x{2,}|total|tbd)\b[^\]\n]{0,40}\](?!\()"
    r"|<(?:date|name|title|number|id|n|description|your|feature|phase|session|summary)\b[^>\n]{0,40}>"
    r"|\b(?:YYYY\b|XX+\b|[NMX]/[NMXY]\b|[NX]%)",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK = (Decimal(24), Decimal(7))
_WORD = re.compile(r"\w")
_PROGRESS = re.compile(
    r"\b(?:progress|complet\w+|total|overall|done|pass(?:ed|ing)?|status|resolved|[a-z]{2,}[^\W\d_s]s)\b|\b[A-Z][A-Za-z-]* ?\d",
    re.IGNORECASE,
)
_RATE = re.compile(r"\s*(?:/|per\b)", re.IGNORECASE)
_PER = re.compile(r"/(?:[a-z]{1,3}|second|minute|hour|month|user|request)$")
_PLACES = frozenset({"plan", "chapter", "lesson", "page", "level", "question"})
_ANSWERS = frozenset(map(Decimal, (200, 201, 202, 204, 301, 302, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503)))
_CLOSES = re.compile(r"[\s)\].!*✅✓🎉\ufe0f]*$")
_REMARK = re.compile(r"\s?(?:\s[-–—]|[,;])\s[^()\d]{1,60}\)\W*$")


def is_template(statement: Statement) -> bool:
    """Tell whether a statement holds a placeholder to be filled in."""
    text = statement.inline.text[statement.start : statement.end]
    return ("{" in text or "[" in text or "<" in text or "Y" in text or "X" in text or "N" in text) and (
        _PLACEHOLDER.search(text) is not None
    )


def is_label(text: str, start: int, first: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the number at `start` belongs to the word before it: `Phase 2 modules`, `Top 10`, `Windows 11 users`."""
    if start <= first or text[start - 1] not in " \t\n":
        return False
    before = text[max(first, start - 40) : start].rstrip(" \t\n")
    found = _LAST_WORD.search(before, before.rfind(" ") + 1)
    if found is None:
        return False
    written, word = found[0], found[0].lower()
    if word.rstrip(".") in vocabulary.labels:
        return True
    if not written[0].isupper() or word in _QUANTIFIERS or word in vocabulary.states:
        return False
    return not word.endswith(("ed", "ing", "ly"))


def is_position(statement: Statement, amount: Amount, vocabulary: Vocabulary) -> bool:
    """Tell whether a number says how far one has come in an order, and not how many are done: `Phase: 2 of 4 (Cranes)`."""
    if amount.sign != "of" or _WORD.search(statement.text, statement.value, amount.start):
        return False
    key = statement.key.casefold()
    return key in vocabulary.numbered or key in _PLACES


def is_fraction(statement: Statement, amount: Amount, phrase: Phrase, tail: Tail, vocabulary: Vocabulary) -> bool:
    """Tell whether `N/M` or `N of M`, no label's number, counts something.

    What it counts is named, or it stands where a value stands.
    """
    count, total = amount.number.value, amount.total.value if amount.total else Decimal(0)
    if (count, total) == _ROUND_THE_CLOCK or (not total and count):
        return False
    around = statement.key + " " + statement.text[max(statement.start, amount.start - 24) : amount.start]
    if not tail.percent and (_is_version(amount) or (not phrase.noun and _is_score(amount, around))):
        return False
    if (phrase.noun and phrase.noun not in MEASURES) or phrase.state or tail.percent or tail.parts or tail.listed:
        return count <= total or bool(phrase.noun)
    if phrase.noun or _is_ratio(count, total) or amount.number.places or _DATE_KEYS.search(around):
        return False
    if total in _SCALES and not _PROGRESS.search(around):
        return False
    return stands_as_value(statement, amount.start) or _in_brackets(statement, amount, vocabulary)


def _is_version(amount: Amount) -> bool:
    """Tell whether the whole has decimals, as no number of items has: `0.5/0.6 releases`."""
    return amount.total is not None and amount.total.places > 0


def _is_score(amount: Amount, around: str) -> bool:
    """Tell whether `N/M` grades something or answers a request: `8.5/10`, `Quality: 4/5`, `200/404`."""
    count, total = amount.number.value, amount.total.value if amount.total else Decimal(0)
    if count in _ANSWERS and total in _ANSWERS and count != total:
        return True
    return bool(amount.number.places and total in _SCALES) or _SCORES.search(around) is not None


def _is_ratio(count: Decimal, total: Decimal) -> bool:
    return count > total or count + total == _HUNDRED


def is_count(statement: Statement, amount: Amount, phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Tell whether `N nouns`, no label's number, counts items: not a measure, a numbering or a year."""
    number = amount.number
    if not phrase.noun or number.places or phrase.noun in MEASURES:
        return False
    if number.value != 1 and not is_plural(phrase.noun, vocabulary):
        return False
    if _RATE.match(statement.text, phrase.end, statement.end) or _PER.search(phrase.noun):
        return False
    return int(number.value) not in _YEARS or "," in statement.text[amount.start : amount.end] or number.approximate


def is_progress(statement: Statement, start: int) -> bool:
    """Tell whether a lone percentage under this key or after these words can be how far something is."""
    around = statement.key + " " + statement.text[max(statement.start, start - 40) : start]
    return _NO_PROGRESS.search(around) is None


def is_named_value(phrase: Phrase, key: str) -> bool:
    """Tell whether a bare number under a key is a count: the key names items, a state or a total."""
    if phrase.noun in MEASURES or _DATE_KEYS.search(key) or _SCORES.search(key):
        return False
    return bool(phrase.noun or phrase.state) or "total" in key.lower().split() or key.lower() in ("count", "number", "#")


def stands_as_value(statement: Statement, start: int) -> bool:
    """Tell whether nothing but signs stands between a key (or a cell's edge) and `start`."""
    return bool(statement.key) and start >= statement.value and not _WORD.search(statement.text, statement.value, start)


def closes(statement: Statement, end: int) -> bool:
    """Tell whether nothing but brackets and signs follows."""
    return _CLOSES.match(statement.text, end, statement.end) is not None


def closes_with_remark(statement: Statement, end: int) -> bool:
    """Tell whether nothing but a remark follows up to the bracket that closes: `(95% - ready for use)`."""
    return _REMARK.match(statement.text, end, statement.end) is not None


def is_labelled(statement: Statement, start: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the number at `start` of a statement belongs to the word before it, which does not reach into the key."""
    first = statement.value if start >= statement.value else statement.start
    return is_label(statement.text, start, first, vocabulary)


def _in_brackets(statement: Statement, amount: Amount, vocabulary: Vocabulary) -> bool:
    """Tell whether a bare fraction in brackets says how far what stands before it is: `Passed (8/14)`, `Wave 1 (3/3) ✅`."""
    text = statement.text
    if text[max(0, amount.start - 1) : amount.start] != "(" or text[amount.end : amount.end + 1] != ")":
        return False
    before = _BEFORE.search(text[max(statement.start, amount.start - 40) : amount.start])
    if before is not None and before[1].lower().rstrip(".") in vocabulary.states:
        return True
    follows = text[amount.end + 1 : amount.end + 4].strip()[:1]
    return follows in vocabulary.emoji
