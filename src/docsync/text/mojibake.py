"""Which pieces of a text are UTF-8 that was read in another charset, and what they stood for before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from docsync.text.edits import Edit
from docsync.text.spans import Span

_CHARSETS: Final[Mapping[str, str]] = {
    "cp1252": "Windows-1252",
    "cp1254": "Windows-1254",
    "cp1250": "Windows-1250",
    "mac_roman": "Mac Roman",
    "cp437": "code page 437",
}
"""Each codec by its name for people; of two that explain as much, the first one is taken."""

_BROKEN: Final = "⏳⏸⏭⏰⏱⏹⏩⏯❌❎❗❓❤⭐☐←”❞✍➝🔍🔐🔴🎯🎉🎊🎨🏗🏆🏁🐛🐍🖍\ufe0f"
"""Signs of planning documents of which a charset has no character for some byte, so that it may be gone from the text."""

_LOST: Final = ("", "\ufffd")
"""What has become of a byte for which the charset had no character."""


class Damage(Struct, frozen=True):
    """Hold what a wrong charset did to a text: its name, and an edit for each piece that can be put right, in order."""

    charset: str
    repairs: tuple[Edit, ...]


class _Charset(Struct, frozen=True):
    """Hold one charset: the byte of each of its characters, the expression that finds pieces, and the signs that lost a byte.

    No piece is there without one of `leads`; one that begins with one of `letters` stands for a sign of two bytes.
    """

    bytes: Mapping[str, int]
    leads: tuple[str, ...]
    letters: tuple[str, ...]
    pieces: re.Pattern[str]
    broken: Mapping[str, str]


def find_damage(text: str) -> Damage | None:
    """Find the pieces of a text that were decoded wrongly; None for a text without any.

    One sign of three or four bytes must be among them, since the characters of two can be what somebody wrote.
    """
    if text.isascii():  # which the interpreter knows without looking
        return None
    best: tuple[int, Damage] | None = None
    for codec, name in _CHARSETS.items():
        charset = _charset(codec)
        if any(lead in text for lead in charset.leads):
            sure, repairs = _repairs(text, charset)
            if sure and (best is None or sure > best[0]):
                best = sure, Damage(name, repairs)
    return best[1] if best else None


def _repairs(text: str, charset: _Charset) -> tuple[int, tuple[Edit, ...]]:
    """Give the edits that a charset explains, and how many of them rest on a sign of more than two bytes."""
    repairs: list[Edit] = []
    sure = 0
    for found in charset.pieces.finditer(text):
        sure += not found[0].startswith(charset.letters)
        repairs.append(Edit(Span(*found.span()), _meant(found[0], charset)))
    return sure, tuple(repairs)


def _meant(piece: str, charset: _Charset) -> str:
    whole = charset.broken.get(piece)
    return whole or bytes(charset.bytes[char] for char in piece).decode("utf-8")


@cache
def _charset(codec: str) -> _Charset:
    shown = {byte: _shown(byte, codec) for byte in range(0x80, 0x100)}
    broken = _broken(shown, codec)
    tail = _one_of(shown, 0x80, 0xC0)
    lead, wide = re.escape(shown[0xE2]), re.escape(shown[0xF0] + shown[0x9F])
    selector = re.escape("".join(shown[byte] for byte in "\ufe0f".encode()))
    damaged = "|".join(re.escape(form) for form in sorted(broken, key=len, reverse=True))
    letters = f"{re.escape(shown[0xC2])}{_one_of(shown, 0xA0, 0xC0)}|{re.escape(shown[0xC3])}{tail}"
    signs = f"{lead}{_one_of(shown, 0x80, 0xB0)}{tail}|{wide}{tail}{tail}|{selector}"
    # Each alternative begins with a sign, and none is a group: so `re` leaps over all other signs.
    pieces = re.compile("|".join(filter(None, (signs, damaged, letters))))
    leads, short = (shown[0xE2], shown[0xF0]), (shown[0xC2], shown[0xC3])
    return _Charset({char: byte for byte, char in shown.items()}, leads, short, pieces, broken)


def _shown(byte: int, codec: str) -> str:
    """Give the character that a byte was taken for; where there is none, a lenient decoder lets the byte through."""
    return bytes((byte,)).decode(codec, "ignore") or chr(byte)


def _one_of(shown: Mapping[int, str], first: int, end: int) -> str:
    return f"[{re.escape(''.join(shown[byte] for byte in range(first, end)))}]"


def _broken(shown: Mapping[int, str], codec: str) -> dict[str, str]:
    """Give the signs by what is left of them, where only one of them could have left it."""
    gone = {byte for byte in shown if not bytes((byte,)).decode(codec, "ignore")}
    forms: dict[str, set[str]] = {}
    for sign in _BROKEN:
        raw = sign.encode()
        for lost in _LOST if gone.intersection(raw) else ():
            forms.setdefault("".join(lost if byte in gone else shown[byte] for byte in raw), set()).add(sign)
    return {form: next(iter(signs)) for form, signs in forms.items() if len(signs) == 1 and len(form) > 1}


def mapped(repairs: tuple[Edit, ...]) -> Iterator[tuple[Span, Span]]:
    """Give each repair's span in the repaired text, with its span in the text as it stands."""
    shift = 0
    for edit in repairs:
        start = edit.span.start + shift
        yield Span(start, start + len(edit.text)), edit.span
        shift += len(edit.text) - len(edit.span)
