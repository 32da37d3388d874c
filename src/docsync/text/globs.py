"""Which paths a list of gitignore patterns matches.

Our own matcher, not pathspec's: a walk that prunes asks about folders and files themselves, where pathspec also matches
whatever lies below a folder, so that `*`, `!*/`, `!*.md` would lose every nested document; and a pattern from a hostile
.gitignore must not make a match take more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

_FOLDERS: Final = "**/"
_STAR: Final = "*"
_CLASSES: Final = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "xdigit": "0-9a-fA-F",
    "cntrl": r"\x00-\x1f\x7f",
    "print": r"\x20-\x7e",
    "graph": r"\x21-\x7e",
}
_TOKEN: Final = re.compile(
    r"""(?P<all>(?<![^/])\*{2,}\Z)        # a last ** : whatever is inside
      | (?P<folders>(?<![^/])(?:\*{2,}/)+)  # **/ : any number of folders
      | (?P<star>\*+)
      | (?P<one>\?)
      | \[(?P<not>[!^]?)(?P<set>\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]
      | \\(?P<quoted>.)
      | (?P<broken>[\\\[])                # a backslash at the end, a set that never closes
      | (?P<plain>[^*?\[\\]+)""",
    re.VERBOSE | re.DOTALL,
)
_MEMBER: Final = re.compile(r"\[:(?P<name>[a-z]+):\]|(?P<low>\\.|[^\\])-(?P<high>\\.|[^\\])|(?P<one>\\.|[^\\])", re.DOTALL)


class Globs(Struct, frozen=True):
    """Match paths against gitignore patterns; the last pattern that matches decides.

    A folder's path ends in a slash, and only the folder itself is asked about, not what lies in it.
    """

    groups: tuple[tuple[bool, re.Pattern[str]], ...]

    def decide(self, path: str) -> bool | None:
        """Tell whether the patterns take a path in (True), take it out again (False) or do not speak of it (None)."""
        return next((taken for taken, pattern in self.groups if pattern.fullmatch(path)), None)

    def covers(self, path: str) -> bool:
        """Tell whether the patterns take in a file, or a folder that it lies in and not the file out again."""
        ends = [len(path), *(at + 1 for at in range(len(path) - 1, 0, -1) if path[at] == "/")]
        decisions = (self.decide(path[:end]) for end in ends)
        return next((taken for taken in decisions if taken is not None), False)


def compile_globs(lines: Iterable[str]) -> Globs:
    """Compile patterns, one a line, as gitignore(5) describes them; a malformed one matches nothing."""
    groups: list[tuple[bool, list[str]]] = []
    for line in lines:
        if (pattern := _pattern(line)) is None:
            continue
        taken, expression = pattern
        if not groups or groups[-1][0] != taken:
            groups.append((taken, []))
        groups[-1][1].append(expression)
    return Globs(tuple((taken, re.compile("|".join(members), re.DOTALL)) for taken, members in reversed(groups)))


def _pattern(line: str) -> tuple[bool, str] | None:
    """Translate a line to whether it takes in and an expression; None for a blank, a comment or a malformed pattern."""
    text = _unpadded(line.rstrip("\r\n"))
    if not text or text.startswith("#"):
        return None
    taken = not text.startswith("!")
    text = text if taken else text[1:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    lead = "" if "/" in text else "(?:.*/)?"
    body = _translate(text.removeprefix("/")) if text else None
    return None if body is None else (taken, f"{lead}{body}(?<!/){'/' if folders_only else '/?'}")


def _unpadded(line: str) -> str:
    """Take the trailing spaces off, but for one behind a backslash."""
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and len(bare) < len(line) else bare


def _translate(text: str) -> str | None:
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        if (token := _token(match)) is None:
            return None
        tokens.append(token)
    return _joined(tokens, _FOLDERS, "(?:[^/]*/)*", lambda part: _joined(part, _STAR, "[^/]*", "".join))


def _token(match: re.Match[str]) -> str | None:
    kind = match.lastgroup or ""
    if kind == "set":
        return _set(match["not"], match["set"])
    if kind in {"quoted", "plain"}:
        return re.escape(match[kind])
    return {"all": ".+", "folders": _FOLDERS, "star": _STAR, "one": "[^/]"}.get(kind)


def _set(negated: str, members: str) -> str | None:
    """Translate what stands between square brackets; None for an empty set, which git takes as never closed."""
    if not members:
        return None
    inside = "".join(_member(match) for match in _MEMBER.finditer(members))
    if negated:
        return f"[^/{inside}]"
    return f"(?!/)[{inside}]" if inside else "(?!)"


def _member(match: re.Match[str]) -> str:
    if match["name"]:
        return _CLASSES.get(match["name"], "")
    if match["one"]:
        return re.escape(match["one"][-1])
    low, high = match["low"][-1], match["high"][-1]
    return f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""


def _joined(tokens: list[str], wild: str, gap: str, join: Callable[[list[str]], str]) -> str:
    """Put a wildcard's gaps between the parts that it separates.

    All gaps but the last are lazy and final: taking the earliest match of what follows loses no match where another
    wildcard comes after, and leaves nothing to try again.
    """
    parts = _split(tokens, wild)
    if len(parts) == 1:
        return join(parts[0])
    middle = (f"(?>{gap}?{join(part)})" for part in parts[1:-1])
    return f"{join(parts[0])}{''.join(middle)}{gap}{join(parts[-1])}"


def _split(tokens: list[str], wild: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == wild:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
