"""What the files of a project say, for those who show a place in one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import cache

from docsync.engine.request import Request, targets_of
from docsync.text.refusal import Refusal
from docsync.text.source import decode, read

_ANY_SIZE = sys.maxsize - 1
"""Whoever points into a file has read it, and so its size was not too much."""


def texts_of(request: Request, drafted: Mapping[str, str] | None = None) -> Callable[[str], str | None]:
    """Give a look-up of texts by path, `drafted` before those on the disk; None for one that cannot be read."""
    root = os.path.realpath(request.root)
    at_hand = {**(drafted or {}), **_given(request)}

    @cache
    def text_of(path: str) -> str | None:
        if path in at_hand:
            return at_hand[path]
        try:
            return read(root, path, max_bytes=_ANY_SIZE).text
        except Refusal:
            return None

    return text_of


def _given(request: Request) -> dict[str, str]:
    """Give the text that came from standard input."""
    if request.stdin is None:
        return {}
    (path,) = targets_of(request).files
    try:
        return {path: decode(path, request.stdin).text}
    except Refusal:
        return {}
