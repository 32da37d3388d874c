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
    r"""\b(?:a(?:dd(?:s|ed|ing)?|rchiv\w+|bsent|ren't|fter|rtifacts?)|b(?:roken|uil[dt]|ootstrap\w*)
      |c(?:reat\w+|an't|annot|ould|onsolidat\w+|ombin\w+|opy|opies|opied|onvert\w*|lone\w*|ache[ds]?)
      |d(?:elet\w+|rop(?:s|ped)?|eprecat\w+|oesn't|on't|idn't|ownload\w*|ead|ownstream|eferred|raft\w*|eliver\w*|esign)
      |e(?:mit\w*|xport\w*|xamples?|\.g\.?|ventually|xtract\w*|xternal|xpect\w*)|f(?:ormer(?:ly)?|uture|ix\w*)|g(?:enerat\w+|itignored?)|had
      |i(?:sn't|f|nstead|nstall\w*|nvalid|gnor\w+|mplement\w*|nit\w*)|l(?:egacy|ost|ike|ater|ocal(?:ly)?|ogs?)
      |m(?:ov(?:e|es|ed|ing)|igrat\w+|issing|ay|ight|ust\sbe|erg\w+)|n(?:ew|ot|o|ever|eed(?:s|ed)?)
      |o(?:utputs?|bsolete|ld|riginal(?:ly)?|ptional(?:ly)?|nce|utdated)|p(?:lan(?:s|ned|ning)?|roduc\w+|revious(?:ly)?|ropos\w+|ending|attern)
      |r(?:emov\w+|enam\w+|eplac\w+|equir\w+|ecommend\w*|untime|efactor\w*|ewrit\w+|ework\w*)
      |s(?:av(?:e|es|ed|ing)|tor(?:e|es|ed|ing)|uch|hould|uggest\w+|plit|tale|caffold\w*|etup|et\sup|tart\w*|chedul\w+|pecs?)
      |t(?:o\sbe|emplates?|odo|bd|emporary|emp|mp)|u(?:nless|ntil|pstream|pcoming)
      |w(?:ill|rit(?:e|es|ing|ten)|rote|as|ere|ithout|asn't|hen|hether|ould|rong|ant\w*))\b
    | [→⟶⏳🔄❌🚧⬜🔜📋🗑➕✏🆕] | [-=]> | ~~""",
    re.VERBOSE,
)
"""Of text in lower case: whichever case matches, so many branches take four times as long; by first letter they take half."""
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
    r"""\b(?:c(?:onsult|anonical|urrent\sstate)|d(?:etails\s(?:in|at)|etails|ocumentation)|entry\spoint
      |f(?:or\s(?:details|more|full|the\sfull)|ull\s\w+\s(?:in|at))|guide|r(?:ead|efer(?:s|\sto)?|eview|eference)|s(?:ee|ource\sof\struth)
      |(?:covered|d(?:ocumented|escribed|efined|etailed)|explained|found|kept|l(?:ives?|ocated)|specified|tracked)\s(?:in|at|under|by))\b
    | [📖📄📚👉] | [→⟶]\s*$""",
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
    owned = _ANOTHERS.search(before) if "'" in before or "’" in before else None
    return owned or next((found for text in (before, after) if (found := _other_repository(text))), None)


def _other_repository(text: str) -> re.Match[str] | None:
    return _OTHER_REPOSITORY.search(text) if "repo" in text.lower() else None


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
