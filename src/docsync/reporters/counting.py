"""How numbers of things are said in a sentence."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: `1 file`, `2,000 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def enumerated(parts: list[str]) -> str:
    """Join parts as a sentence does: `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
