"""Whether one number of a line speaks of another time than its line: a transition, a past value, an aim."""

from __future__ import annotations

import re
from typing import Final

from docsync.models.claims import CHANGE
from docsync.parser.moments import is_behind, leading_date, sitting
from docsync.parser.statements import Statement
from docsync.parser.written_dates import find_dates

_WINDOW: Final = 48

# What is searched for many words is put into lower case first: an expression that ignores case takes four times as long.
_ARROW = r"(?:→|➔|➜|⟶|⇒|->|=>|-->|➡\ufe0f?)"
_ARROW_AFTER = re.compile(
    rf"[\s)%+]{{0,4}}(?:{_ARROW}|to)\s{{0,2}}(?:(?:target(?:ing|ed)?|now|then|about|over)\s)?[~($<>≥≤]?\d", re.IGNORECASE
)
_ARROW_BEFORE = re.compile(
    rf"\d(?<![\w-]\d)[\d.,/%]*\+?(?:\s[a-z]{{1,12}}){{0,2}}\)?\s{{0,2}}{_ARROW}\s{{0,2}}[~($]?(?:(?:target(?:ing)?|now)\s~?)?$"
)
_FROM_TO = re.compile(r"from(?<!\wfrom)\s[~$]?\d[\d.,/%]*\+?(?:\s[a-z]{1,14}){0,3}\sto\s[~$]?$")
_FROM = re.compile(r"\bfrom\s[~$]?$")
_PAST = re.compile(
    r"(?:\b(?:was|were|previously|formerly|originally|initially|up\sfrom|down\sfrom|vs\.?|versus|compared\s(?:to|with)|instead\sof"
    r"|rather\sthan|had\sbeen|used\sto\sbe|increased\sby|decreased\sby|reduced\sby|grew\sby|another|additional|plus|extra|yet)"
    r"|\b(?:was|were|before|old|prior):?)\s[~(]?(?:\d[\d,./]*\s?\()?$"
)
_AS_OF = re.compile(r"[aA](?<!\w.)[sS]\s(?:[oO][fF]|[aA][tT])\b")
_MORE = frozenset({"more", "additional", "extra", "further", "fewer", "less", "another"})
_AIM = re.compile(
    r"\b(?:should|must|will|would|shall|need(?:s|ed)?|targets?|targeted|targeting|goals?|expect(?:s|ed)?|aim(?:s|ing)?\s(?:to|for|at)|plan\sto|planned"
    r"|requires?|required|at\sleast|at\smost|min(?:imum)?|max(?:imum)?|up\sto|no\smore\sthan|less\sthan|fewer\sthan|more\sthan|if"
    r"|estimated?|estimates?|projected|when|once|until|after|every|each|per)\b"
)
_AIM_KEY = re.compile(
    r"\b(?:targets?|goals?|expected|estimated?|estimates?|planned|objectives?|thresholds?|required|requirement|min(?:imum)?|max(?:imum)?"
    r"|limits?|budget|projected|desired|needed|threshold|sla|slo|kpi)\b"
)
_COMPARED = re.compile(r"(?:[<>≤≥]=?)\s?$")


def change_of(statement: Statement, start: int, end: int, qualifier: str) -> str:
    """Give CHANGE for a number that is a delta, one side of a transition, or a past value; else nothing."""
    before = statement.text[max(statement.start, start - _WINDOW) : start].replace("\n", " ").lower()
    if _PAST.search(before) or _ARROW_BEFORE.search(before) or _FROM_TO.search(before):
        return CHANGE
    if qualifier.split(" ", maxsplit=1)[0] in _MORE:
        return CHANGE
    after = _ARROW_AFTER.match(statement.text, end, statement.end)
    if after is None:
        return ""
    # `5 to 7 holes` is a range in words, but `from 5 to 7` and `5 → 7` are steps.
    return CHANGE if "to" not in after[0].lower().split() or _FROM.search(before) else ""


def moment_of(statement: Statement) -> str:
    """Give the moment that a statement names for itself: the session that is its key, the day it begins with, an `as of`."""
    if key := statement.key.lower():
        if key.startswith(("session ", "event ")) and (moment := sitting(key)):
            return moment
        if day := leading_date(statement.key):
            return day
    if found := _AS_OF.search(statement.text, statement.start, statement.end):
        window = statement.inline.text[found.end() : min(statement.end, found.end() + _WINDOW)]
        day = next((date.iso for date in find_dates(window)), "")
        return day or sitting(window) or CHANGE
    if is_behind(statement.text[statement.start : statement.end]):
        return CHANGE
    return leading_date(statement.inline.text[statement.start : statement.start + _WINDOW])


def is_aim(statement: Statement, first: int, start: int) -> bool:
    """Tell whether a number in a clause that begins at `first` is wanted, estimated or a bound, not what is."""
    if is_aim_key(statement.key):
        return True
    before = statement.text[max(first, start - _WINDOW) : start].lower()
    return bool(_COMPARED.search(before) or _AIM.search(before))


def is_aim_key(key: str) -> bool:
    """Tell whether a key or column header announces what is wanted or estimated."""
    return bool(key) and _AIM_KEY.search(key.lower()) is not None
