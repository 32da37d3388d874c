"""What stays of a finding when its numbers and lines change, so that it is known again tomorrow."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from docsync.models.diagnostics import Diagnostic
from docsync.parser.vocabulary import NUMBERED

Key: TypeAlias = "tuple[str, str, str]"
"""A path, a rule's code and the claim."""

_LINES: Final = re.compile(r" ?\(line \d+\)|(?:, (?:[a-z]+ ){1,2}| (?:and )?)on lines? \d+(?:(?:, | and )\d+)*(?: more\b)?")
_LISTED: Final = re.compile(r"(;[^;:]*): [^;]*\Z")
_NUMBER: Final = re.compile(
    rf"(?P<named>\b(?:{'|'.join(NUMBERED)}) \d[\w.-]*)|(?<![\w#/.-])[~≈]?\d+(?:[.,/:-]\d+)*\+?(?![\w/-])", re.IGNORECASE
)


def key_of(found: Diagnostic) -> Key:
    """Give the key that a finding goes by, which other findings may share."""
    return found.place.path, found.code, claim_of(found.message)


def without_lines(message: str) -> str:
    """Give a message without the lines that it names, which move whenever somebody writes above them."""
    return _LINES.sub("", message)


def claim_of(message: str) -> str:
    """Give a message with numbers as `#`, without lines, and without the list of what was counted.

    A number that is part of an id or a name stays: `H6`, `phase 2`.
    """
    listed = _LISTED.sub(r"\1", without_lines(message))
    return _NUMBER.sub(lambda found: found["named"] or "#", listed)
