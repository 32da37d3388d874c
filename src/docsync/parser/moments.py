"""Of which moment a heading, an item, a line or a file name speaks, empty for now."""

from __future__ import annotations

import re
from typing import Final

from docsync.models.claims import TEMPLATE
from docsync.models.status import Status
from docsync.parser.entities import find_entities, may_name
from docsync.parser.forms.leads import read_lead
from docsync.parser.masking import mask
from docsync.parser.statements import plain
from docsync.parser.vocabulary import Vocabulary
from docsync.parser.written_dates import find_dates, may_date

LONGEST_TEXT: Final = 400
"""How many characters of a heading or item are looked at; longer ones are prose."""

_SITTING = re.compile(
    r"(?<!next )(?<!new )(?<!for )(?<!upcoming )(?<!until )(?<!before )\b(session|event)s?\s{1,3}#?(\d{1,4})(?![\w%]|[.-]\d)"
)
_HISTORY = re.compile(
    r"""\b(?:
      recently\s(?:completed|finished|done|resolved|added|changed|shipped|closed|merged)
    | recent\s(?:changes|updates|work|commits|activity|accomplishments|achievements|completions|sessions)
    | accomplish(?:ments?|ed)
    | (?:key|major|main|notable|session|technical|implementation|project|our)\s(?:\w+\s)?achievements
    | decision\slog | decisions?\s(?:made|history)
    | change\s?logs? | release\snotes | retrospective | post-?mortem | lessons\slearned
    | v\d{1,3}(?:\.\d{1,3}){1,2}\s(?:resolutions?|changes|fixes|review|audit)
    | (?:version|revision|update|document|change|project|git|commit|release|development|completion|status)\shistory
    | (?:progress|session|activity|propagation|event|daily|dev|development|work|status|build|update)\slog
    | session\s(?:summary|highlights|notes|recap|history|metrics|stats|statistics)
    | this\ssession | last\s(?:session|week|sprint) | previous\s(?:sessions?|state|status|work|progress|phases?)
    | completed\s(?:today|this\s(?:session|week)) | today'?s | yesterday'?s?
    | (?:initial|original|starting)\s(?:state|status|assessment|plan|estimates?|point|baseline)
    )\b
    | ^\W*(?:history|log|journal|changelog|earlier|archived?|superseded|obsolete|historical)\b
    | ^\W*achievements\b\W*(?:$|\() | \((?:archived|historical|superseded|obsolete)\)""",
    re.VERBOSE,
)
"""For text in lower case, which is searched in half the time."""
_TEMPLATE = re.compile(
    r"""\btemplate\b(?:\s*$|\s*:|\s+for\b|\s*\() | ^\W*boilerplate\b
    | ^\W*examples?\b(?:\s*$|\s*:|\s+(?:output|format|usage|entry|entries|workflow|of|for|session)\b)
    | \b(?:session|hand-?off|hand-?over|daily|weekly|review|commit|start-?up|pr)\s+(?:\w+\s+)?checklist
    | ^\W*checklist\s+(?:for|before|after)\b
    | ^\W*(?:before|after|when|while|at\s+the\s+(?:start|end)\s+of)\s+(?:\w+\s+){0,2}(?:sessions?|commits?|pull\s+requests?)\b
    """,
    re.VERBOSE,
)
_TEMPLATE_WORDS: Final = ("plate", "example", "checklist", "session", "commit", "request")
"""Of these every title that `_TEMPLATE` matches has one; both are for text in lower case."""
_PLAN = re.compile(
    r"\b(?:due|target|deadline|eta|planned|scheduled|schedule|timeline|roadmap|upcoming|next|starts?|starting|expected|until)\b"
    r"|\bby\s+(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"\b(?:current|currently|overall|progress|state|status|next|blockers?|metrics|totals?|now|today)\b", re.IGNORECASE
)
_BEHIND = re.compile(r"\bnot\s(?:yet\s)?(?:been\s)?updated\b|\bno\slonger\supdated\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BRACKETS = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"[^\w]*")
_TRAILING_STATUS = re.compile(r"(?:[-–—:|(]|\s)\s*[^\w\s]*\s*([A-Za-z]+(?: [A-Za-z]+)?)[\s!.)*]*[^\w]*$")


def heading_moment(text: str, path: str, updated: str, vocabulary: Vocabulary) -> str:
    """Give the moment of what stands under a heading; `updated` is the day on which the file says it was last changed."""
    text = plain(text[:LONGEST_TEXT])
    if says_template(text):
        return TEMPLATE
    if moment := sitting(text):
        return moment
    if (day := _day(text)) and not (day == updated and _CURRENT.search(text)) and not _PLAN.search(text):
        return day
    if _HISTORY.search(text.lower()) or is_behind(text):
        return _completed(text, vocabulary) or local(text, path)
    return ""


def item_moment(text: str, path: str, vocabulary: Vocabulary, *, numbered: bool) -> str:
    """Give the moment of what a list item holds: its date, its session, or the completion of what it names.

    Only a numbered item is an entry of an account; a bullet that is done may stand in any list of now.
    """
    if not numbered:
        return leading_date(text[:LONGEST_TEXT])
    text = plain(text[:LONGEST_TEXT])
    if not is_complete(text, vocabulary) and not _says_done(text, vocabulary):
        return leading_date(text) or sitting_in_brackets(text)
    return _completed(text, vocabulary) or sitting(text) or _day(text) or local(f"item {_name(text)}", path)


def is_behind(text: str) -> bool:
    """Tell whether a text says of itself that it does not tell how things stand: `not yet updated, see the board`."""
    return "updated" in text and _BEHIND.search(text) is not None


def says_template(title: str) -> bool:
    """Tell whether what stands under a heading is to be filled in, is an example, or is ticked off again and again."""
    lowered = title.lower()
    return any(word in lowered for word in _TEMPLATE_WORDS) and _TEMPLATE.search(lowered) is not None


def sitting(text: str) -> str:
    """Give the session or event that a text names: `session 4`."""
    lowered = text.lower()
    found = _SITTING.search(lowered) if "session" in lowered or "event" in lowered else None
    return f"{found[1]} {int(found[2])}" if found else ""


def sitting_in_brackets(text: str) -> str:
    """Give the session or day that closes an item's text in brackets: `Sketch the store (Session 1)`."""
    inner = text.rstrip(" .!✅")
    if not inner.endswith(")"):
        return ""
    inner = inner[inner.rfind("(") :]
    return sitting(inner) or _day(inner)


def leading_date(text: str) -> str:
    """Give the day with which a text begins, signs and brackets before it aside."""
    if not may_date(text):
        return ""
    start = _end(_LEADING.match(text))
    first = next(find_dates(text, start, start + 20), None)
    return first.iso if first and first.start == start and not _PLAN.search(text, first.end, first.end + 20) else ""


def is_complete(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether an item's text says at its end, brackets aside, or by a sign at its start that it is done."""
    bare = _BRACKETS.sub("", text).rstrip(" !.*\ufe0f")
    if not bare:
        return False
    first, last = bare.lstrip()[:1], bare.rstrip("🎉🚀🏆✨ ")[-1:]
    if vocabulary.emoji.get(first, Status.RESOLVED) != Status.RESOLVED:
        return False
    if vocabulary.emoji.get(last) == Status.RESOLVED or vocabulary.emoji.get(first) == Status.RESOLVED:
        return True
    found = _TRAILING_STATUS.search(bare[-60:])
    return found is not None and _settled(found[1], vocabulary)


def _says_done(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether an item begins with an entity and says that it is done, whatever follows: `H6: Heat ✅ done, 4/9 tests`."""
    masked = mask(text)
    lead = read_lead(masked, 0, len(masked), vocabulary) if may_name(masked, vocabulary) else None
    return lead is not None and lead.clean and lead.status is not None and lead.status.status is Status.RESOLVED


def local(name: str, path: str) -> str:
    """Name a moment that only this file knows."""
    return f"{' '.join(_WORDS.findall(name.casefold()))[:80]} in {path}"


def is_local(moment: str) -> bool:
    """Tell whether a moment is one that only its file knows."""
    return " in " in moment


def _settled(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the last of some words means done; `not done` and `almost complete` do not."""
    *before, last = words.lower().split()
    if before and before[-1] in ("not", "almost", "nearly", "partially", "until", "be", "when", "to", "in", "mostly"):
        return False
    return vocabulary.words.get(last) == Status.RESOLVED


def _completed(text: str, vocabulary: Vocabulary) -> str:
    """Name the completion of the first entity outside brackets."""
    masked = mask(_BRACKETS.sub("", text))
    named = next((found for found in find_entities(masked, vocabulary=vocabulary) if found.label not in _TIMES), None)
    return f"item {named.name}" if named else ""


_TIMES = frozenset({"session", "event", "week", "day", "step"})


def _day(text: str) -> str:
    return next((found.iso for found in find_dates(text)), "")


def _name(text: str) -> str:
    return _BRACKETS.sub("", text).split("—")[0].split(" - ")[0]


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0
