"""How a value is made safe to stand anywhere in generated Markdown."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\t\n\v\f\r \x1c-\x1f\x85\u2028\u2029]+")
_UNWRITABLE = re.compile(r"[\0\ud800-\udfff]")
"""What no file of text may hold: a NUL, and what stands in a file's name for a byte that is not UTF-8."""
_PIPE = re.compile(r"(?<!\\)(\\*)\|")
_COMMENT = re.compile(r"(?<!\\)(\\*)<!--")
_TRAILING = re.compile(r"(?<!\\)\\(?:\\\\)*$")
_BLOCK_START = re.compile(
    r"#{1,6}(?: |$)|[-+*](?: |$)|>|`{3}|~{3}|<[!/?A-Za-z]|\||=+ *$|-{2,} *$|(?:[*_-] ?){3,}$|\[[^\]]*\]:|: "
)
_MERMAID = re.compile(r'["#<>&`\\]|%%')
"""What ends a label, begins an entity, a tag or a Markdown string, and what begins a directive wherever it stands."""

_ORDINAL = re.compile(r"([0-9]{1,9})([.)](?: |$))")


def plain(value: object) -> str:
    """Give a value of JSON as one line of text: a list's items with commas, yes and no, nothing for null.

    Raises TypeError for a mapping, which has no such form.
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.isprintable() and "  " not in value:
        return value.strip(" ")  # nearly every value is as it should be, and a table has thousands
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list | tuple):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, dict):
        raise TypeError("a mapping cannot be shown; name one of its keys")
    return _SPACES.sub(" ", _UNWRITABLE.sub("\ufffd", str(value))).strip(" ")


def markdown(value: object) -> str:
    r"""Give a value as inline Markdown of one line that can end no cell, open no block and hold no comment.

    Inline markup stays as it is written: a title's code spans and links are meant. Bars are counted with the backslashes
    before them, since `\\|` ends a cell for one reader of tables and not for another.
    """
    text = plain(value)
    if "|" in text:
        text = _PIPE.sub(_odd, text)
    if "<!--" in text:
        text = _COMMENT.sub(_odd, text)
    if text.endswith("\\") and _TRAILING.search(text):
        text += "\\"
    return _start(text)


def label(value: object) -> str:
    """Give a value as the text of a Mermaid label in double quotes; signs that Mermaid reads become its entities."""
    return _MERMAID.sub(lambda match: "".join(f"#{ord(sign)};" for sign in match[0]), plain(value))


def _odd(match: re.Match[str]) -> str:
    """Make the number of backslashes before a sign odd, so that the sign is escaped."""
    return match[0] if len(match[1]) % 2 else "\\" + match[0]


def _start(text: str) -> str:
    if ordinal := _ORDINAL.match(text):
        return f"{ordinal[1]}\\{text[len(ordinal[1]) :]}"
    return "\\" + text if _BLOCK_START.match(text) else text
