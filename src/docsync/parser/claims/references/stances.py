"""Whether the text around a reference says that the thing is there, takes it back, or just names it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from docsync.models.claims import Scope
from docsync.models.references import Stance

REACH: Final = 160
"""How far, in code points, a line is read on either side of a reference."""

_HEDGE = re.compile(
    r"""\b(?:creat\w+|to\sbe|will|plan(?:s|ned|ning)?|add(?:s|ed|ing)?|new|generat\w+|outputs?|writ(?:e|es|ing|ten)|wrote|sav(?:e|es|ed|ing)
      |stor(?:e|es|ed|ing)|produc\w+|emit\w*|export\w*|remov\w+|delet\w+|drop(?:s|ped)?|renam\w+|mov(?:e|es|ed|ing)|migrat\w+|replac\w+|archiv\w+
      |deprecat\w+|legacy|obsolete|old|former(?:ly)?|previous(?:ly)?|original(?:ly)?|was|were|had|missing|absent|lost|not|no|never|without|isn't|aren't|doesn't
      |don't|didn't|wasn't|can't|cannot|optional(?:ly)?|if|when|unless|whether|examples?|e\.g\.?|such|like|templates?|should|could|would|may|might|must\sbe
      |todo|tbd|need(?:s|ed)?|requir\w+|propos\w+|suggest\w+|recommend\w*|future|later|eventually|once|after|until|instead|split|extract\w*|merg\w+|consolidat\w+
      |combin\w+|copy|copies|copied|convert\w*|install\w*|download\w*|clone\w*|fix\w*|broken|wrong|invalid|stale|outdated|dead|gitignored?|ignor\w+|build|built
      |runtime|local(?:ly)?|upstream|downstream|external|expect\w*|implement\w*|scaffold\w*|init\w*|setup|set\sup|bootstrap\w*|deferred|draft\w*|start\w*|want\w*
      |temporary|temp|tmp|cache[ds]?|logs?|artifacts?|deliver\w*|schedul\w+|upcoming|pending|proposal|refactor\w*|rewrit\w+|rework\w*|design|spec|specs|pattern)\b
    | →|⟶|->|=>|⏳|🔄|❌|🚧|⬜|🔜|📋|🗑|➕|✏|🆕|~~""",
    re.VERBOSE,
)
"""Of text in lower case: whichever case matches, so many branches take four times as long."""
_HEDGED_PART = re.compile(
    r"""\b(?:creat\w+|to\sbe|plan(?:s|ned|ning)?|new|add(?:s|ed|itions?)?|generat\w+|outputs?|remov\w+|delet\w+|renam\w+|mov(?:e|es|ed|ing)|migrat\w+|replac\w+
      |archiv\w+|deprecat\w+|legacy|obsolete|old|previous|before|after|missing|optional|examples?|templates?|todo|next|future|upcoming|propos\w+|target
      |recommend\w*|suggest\w*|deliver\w*|artifacts?|tasks?|steps?|changes?|changed|modif\w+|updat\w+|implement\w*|refactor\w*|roadmap|milestones?|phases?|sprint|week|step
      |checklist|structure|layout|proposal|design|cleanup|clean-?up|duplicat\w*|merge\w*|conflict\w*|consolidat\w+|gaps?|issues?|problems?|bugs?|risks?|blockers?|errors?|fix\w*
      |verification|validation|actions?|decisions?|options?|alternatives?|workflow|usage|commands?|pattern|prompt\w*|file\sscope|spec\w*|requirements?|acceptance|log|history)\b
    | ⏳|❌|🚧|⬜|🔜|🗑|🆕""",
    re.IGNORECASE | re.VERBOSE,
)
_ASSERTS = re.compile(
    r"""\b(?:see|read|refer(?:s|\sto)?|consult|review|(?:lives?|located|kept|found|documented|described|defined|explained|covered|detailed|tracked|specified)\s(?:in|at|under|by)
      |source\sof\struth|canonical|for\s(?:details|more|full|the\sfull)|details\s(?:in|at)|full\s\w+\s(?:in|at)|current\sstate|entry\spoint|details|documentation|guide|reference)\b
    | 📖|📄|📚|👉|[→⟶]\s*$""",
    re.VERBOSE,
)
"""Of text in lower case, too."""
_ASSERTING_PART = re.compile(
    r"\b(?:documentation|documents?|docs|references?|related|see\salso|resources|further\sreading|more\sinformation|read(?:ing)?|key\sfiles|important\sfiles"
    r"|essential|files\sin\splay|links|index|where\sto\s(?:find|look)|quick\slinks|navigation|sources?|contents|start\shere|context\sfiles|source\sof\struth)\b",
    re.IGNORECASE,
)
_OUTPUT_KEY = re.compile(
    r"^\W*(?:files?|paths?|location|target|artifacts?|deliverables?|output|where|script|module)\W*:\W*$", re.IGNORECASE
)
_ANOTHERS = re.compile(r"\b(?:an?|each|every|any|another|some)\s(?:[\w-]+\s){0,2}[\w-]+['’]s\s[*_(\[`]{0,4}$", re.IGNORECASE)
"""Whose file it is, right before it: `each crew's` names one of many."""
_OTHER_REPOSITORY = re.compile(r"\b(?:in|of|from)\s(?:the|our|an?)\s(?:[`*\w./-]+\s){1,3}repo(?:sitory)?\b", re.IGNORECASE)
_THIS = re.compile(r"[\s*_`]*[(\[|–—:-]*\s*[*_]*\(?this\s(?:file|document|doc)\b", re.IGNORECASE)


def calls_itself(after: str) -> bool:
    """Tell whether what follows a reference calls it this very file."""
    return _THIS.match(after) is not None


def _of_others(before: str, after: str) -> re.Match[str] | None:
    found = _ANOTHERS.search(before) if "'" in before or "’" in before else None
    return found or _OTHER_REPOSITORY.search(before) or _OTHER_REPOSITORY.search(after)


def stance(before: str, after: str, scope: Scope) -> tuple[Stance, str]:
    """Judge a reference by the text on its line, masked, and by what it stands under; gives the words that decided."""
    near, beyond = before[-REACH:], after[:REACH]
    lower_near, lower_beyond = near.lower(), beyond.lower()
    if found := _HEDGE.search(lower_near) or _HEDGE.search(lower_beyond) or _of_others(near, beyond):
        return Stance.HEDGED, found[0]
    if _OUTPUT_KEY.match(near):
        return Stance.PLAIN, ""
    parts = (*scope.headings[-1:], scope.lead, scope.item)
    if hedge := next(filter(None, map(_hedge, parts)), ""):
        return Stance.HEDGED, hedge
    if found := _ASSERTS.search(lower_near) or _ASSERTS.search(lower_beyond):
        return Stance.ASSERTED, found[0]
    asserted = next(filter(None, map(_asserting, (*scope.headings[-2:], scope.lead))), "")
    return (Stance.ASSERTED, asserted) if asserted else (Stance.PLAIN, "")


@lru_cache(maxsize=1 << 10)
def _hedge(part: str) -> str:
    """Give the words by which a heading or lead takes back what stands under it; cached, since much stands under each."""
    found = _HEDGED_PART.search(part[:REACH])
    return found[0] if found else ""


@lru_cache(maxsize=1 << 10)
def _asserting(part: str) -> str:
    """Give the words by which a heading or lead says that what stands under it is there."""
    found = _ASSERTING_PART.search(part[:REACH])
    return found[0] if found else ""
