"""What the writer of an unknown word probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_LONGEST: Final = 60
"""In code points: comparing takes the product of both lengths, and no name of ours is longer."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that `word` resembles most, empty when none comes near."""
    spelled = {name.casefold(): name for name in known}
    found = get_close_matches(word[:_LONGEST].casefold(), spelled, n=1, cutoff=0.7)
    return spelled[found[0]] if found else ""


def meant(word: str, known: Iterable[str]) -> str:
    """Ask after the near miss, as `did you mean …?`; else list what is known."""
    names = tuple(known)
    if near := nearest(word, names):
        return f"did you mean {near}?"
    return f"known are {', '.join(names)}" if names else ""
