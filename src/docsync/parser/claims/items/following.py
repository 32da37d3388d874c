"""Whether a text says that more belongs to a list than it names."""

from __future__ import annotations

import re

_MORE = re.compile(r"\band\s(?:\w+\s)?more\b|\.\.\.|…|\betc\b|\bothers?\b|^\W*(?:plus|\+)\s", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"\W*(?:and|plus|also|as\swell\sas|in\saddition|additionally|furthermore|more|others?|the\s(?:rest|others?|remaining)|remaining|etc"
    r"|see|full\slist|complete\slist|for\s(?:the\s(?:full|complete|rest)|all|more))\b|\W*(?:\+|\.\.\.|…)",
    re.IGNORECASE,
)


def says_more(text: str) -> bool:
    """Tell whether an item stands for others that are not named: `and 3 more`, `etc.`, `others`."""
    return _MORE.search(text) is not None


def leads_on(text: str) -> bool:
    """Tell whether the text right after a list begins by telling of others, or of where they are: `Plus two …`, `See …`."""
    return _FOLLOWS.match(text) is not None
