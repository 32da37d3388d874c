"""Whether front matter that docsync cannot read was written for another tool, and so says nothing about a record."""

from __future__ import annotations

import re
from typing import Final

_KEY: Final = re.compile(r"^([\w-]+)[ ]?:(?=[ \t\r\n]|\Z)", re.MULTILINE)
_OURS: Final = frozenset({"kind", "id", "records", "docsync", "status"})
_OF_TOOLS: Final = frozenset({"name", "description"})
"""What prompts, skills and rules for assistants are described by: their tools read one line a key, not YAML."""
_HOLE: Final = re.compile(r"\{\{|\{%|<%|\$\{|(?<=[:-][ \t])\{[A-Za-z][\w -]*\}")


def opaque(text: str) -> str:
    """Tell why front matter that docsync cannot read may be left alone, and its file be read on; empty where it may not."""
    if _HOLE.search(text):
        return "it holds placeholders, so the file is a template"
    keys = set(_KEY.findall(text))
    if keys & _OF_TOOLS and not keys & _OURS:
        return "it is another tool's, since it has no key that docsync knows a record by"
    return ""
