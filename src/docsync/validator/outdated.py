"""What of a region's text would change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final

from docsync.models.diagnostics import Place, Related
from docsync.models.document import Region
from docsync.text.spans import Span

_SHOWN: Final = 3
_WIDEST: Final = 100
_LINE: Final = re.compile(r"[^\r\n]+")
_DELIMITERS: Final = re.compile(r"[\s|:>-]*")


def outdated(path: str, region: Region, body: str) -> tuple[str, tuple[Related, ...]]:
    """Say how far a region is from the body that it should hold, and show the first lines that would change."""
    if not region.text.strip(" \t\r\n>"):
        return f"region `{region.id}` is empty until docsync regenerate fills it", ()
    pairs = list(_pairs(region, body))
    if not pairs:
        return f"region `{region.id}` is out of date: its lines are in another order", ()
    count = "1 line" if len(pairs) == 1 else f"{len(pairs)} lines"
    return f"region `{region.id}` is out of date: {count} would change", tuple(_shown(path, region, pairs))


def _pairs(region: Region, body: str) -> Iterator[tuple[tuple[Span, str] | None, str | None]]:
    """Pair the lines that go with those that come, in the order of the text; padding is no difference."""
    start = region.body.start
    present = [(Span(start + found.start(), start + found.end()), _plain(found[0])) for found in _LINE.finditer(region.text)]
    wanted = [_plain(found[0]) for found in _LINE.finditer(body)]
    staying = Counter(text for _, text in present) & Counter(wanted)
    going = _beyond(present, staying)
    coming = [text for _, text in _beyond([(region.end, text) for text in wanted], staying)]
    return zip_longest(going, coming)


def _beyond(lines: list[tuple[Span, str]], staying: Counter[str]) -> list[tuple[Span, str]]:
    left = Counter(staying)
    rest: list[tuple[Span, str]] = []
    for span, text in lines:
        if left[text]:
            left[text] -= 1
        elif not _DELIMITERS.fullmatch(text):
            rest.append((span, text))
    return rest


def _plain(line: str) -> str:
    return " ".join(line.split())


def _shown(path: str, region: Region, pairs: list[tuple[tuple[Span, str] | None, str | None]]) -> Iterator[Related]:
    for going, coming in islice(pairs, _SHOWN):
        place = Place(path, going[0] if going else region.end)
        yield Related(place, _told(going is not None, coming))


def _told(goes: bool, coming: str | None) -> str:  # noqa: FBT001 - the two sides of one pair
    if coming is None:
        return "this line would go"
    line = coming if len(coming) <= _WIDEST else coming[: _WIDEST - 1] + "…"
    return f"would read {line}" if goes else f"would be added: {line}"
