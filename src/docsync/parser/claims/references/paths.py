"""Which texts name one file by its path, and which only show what a path looks like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

LONGEST: Final = 200
"""In code points: no path that a document names is longer."""

_PATH = re.compile(
    r"(?P<path>[\w.@+~%-]+(?:[/\\][\w.@+~%-]+)*)"
    r"(?::(?P<line>\d{1,6})(?:[-–:]\d{1,6})?|#L(?P<hash>\d{1,6})(?:-L?\d{1,6})?)?"
)
_ENDINGS: Final = frozenset(
    """
    md markdown mdx rst adoc txt py pyi ipynb js jsx ts tsx mjs cjs mts cts vue svelte rs go java kt kts swift c h cc
    cpp hpp cs fs rb php pl lua sh bash zsh fish ps1 psm1 bat cmd sql proto graphql gql json jsonc json5 jsonl yaml
    yml toml ini cfg conf xml html htm css scss sass less csv tsv svg png jpg jpeg gif webp pdf docx xlsx pptx tf
    tfvars hcl nix ex exs erl hs ml scala clj dart r jl sol zig j2 jinja tmpl lock plist csproj sln gradle properties
    service mmd puml drawio
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_PLACEHOLDER = re.compile(
    r"""(?:^|/)(?:path|to|dir|folder|foo|bar|baz|xyz|my|your|some|any|other|sample|dummy|filename|file\d?|new[-_]?file)(?:[./]|$)
    | (?:^|/)(?:your|my|some|example|sample)[-_]
    | (?:^|[/_.-])(?:X{2,}|N{1,4}|x{2,}|n{2,}|YYYY|yyyy|MM|DD|HH|NAME|ID|SLUG|TODO|TBD|PLACEHOLDER|FEATURE|MODULE)(?=[/_.-]|$)
    | (?:^|/)[A-Z]\.\w+$ | \bexample\.\w+$""",
    re.VERBOSE,
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")
_SIGNS: Final = frozenset("{}$*<>|\0")
_HOST = re.compile(r"(?:www\.)?[\w-]+\.(?:com|org|io|net|dev|ai|app|co|gov|edu|sh)(?:/|$)|localhost")


class WrittenPath(Struct, frozen=True):
    """Hold a path with forward slashes, and the line that it points at, 0 for none."""

    path: str
    line: int = 0

    @property
    def name(self) -> str:
        """Give the last part."""
        return self.path.rpartition("/")[2]

    @property
    def bare(self) -> bool:
        """Tell whether it is only a name, without a folder."""
        return "/" not in self.path


class LinkTarget(Struct, frozen=True):
    """Hold what a link within the documents points at: a path, empty for the document itself, and a heading's anchor."""

    path: str
    anchor: str


@lru_cache(maxsize=1 << 10)  # documents name the same few files again and again
def written_path(text: str) -> WrittenPath | None:
    """Read the text of a code span as one file's path, with its ending; None for anything else, placeholders included."""
    text = text.strip()
    found = _PATH.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or "..." in text or text[0] in "~@-":
        return None
    path = found["path"].replace("\\", "/").removeprefix("./")
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    if not stem or not dot or ending.lower() not in _ENDINGS or is_placeholder(path) or _HOST.match(path):
        return None
    return WrittenPath(path, int(found["line"] or found["hash"] or 0))


@lru_cache(maxsize=1 << 10)
def link_target(written: str) -> LinkTarget | None:
    """Read the target of a link; None where it leads out of the documents or stands for others."""
    target = written.strip("<>")
    if _ELSEWHERE.match(target):
        return None
    path, _, anchor = target.partition("#")
    path = unquote(path).partition("?")[0].removeprefix("./")
    if is_placeholder(path) or "..." in path or not _SIGNS.isdisjoint(path):
        return None
    return LinkTarget(path, unquote(anchor))


def is_placeholder(path: str) -> bool:
    """Tell whether a path stands for others: `path/to/x.md`, `plan-YYYY.md`."""
    return _PLACEHOLDER.search(path) is not None
