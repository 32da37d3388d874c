"""How a text stands in a cell of a Markdown table, where a bar would end the cell."""

from __future__ import annotations


def as_cell(text: str) -> str:
    """Give a text as a cell writes it: with a backslash before each bar, in code spans too."""
    return text.replace("|", "\\|")


def of_cell(written: str) -> str:
    """Give the text that a cell writes; what `as_cell` made is undone, and nothing else."""
    return written.replace("\\|", "|")
