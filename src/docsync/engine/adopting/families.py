"""Which families of ids stand where records are defined and belong to no kind that docsync knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from docsync.config.values import Config
from docsync.engine.adopting.pages import Page
from docsync.engine.adopting.proposals import Confidence, KindProposal
from docsync.models.blocks import Heading, ListItem, Table
from docsync.models.schema import field_key

_LEAD: Final = re.compile(
    r"[^\w\n]{0,8}(?P<prefix>[A-Z]{1,8})(?P<dash>-?)(?P<number>\d{1,5})(?P<part>(?:\.\d{1,3})?)(?=[*_`]{0,4}(?::|\s[–—-]\s|\s\||\Z))"
)
_FEWEST: Final = 3
_KNOWN: Final = {
    "FR": ("requirement", "requirements"),
    "NFR": ("requirement", "requirements"),
    "REQ": ("requirement", "requirements"),
    "US": ("story", "stories"),
    "R": ("risk", "risks"),
    "RISK": ("risk", "risks"),
    "Q": ("question", "questions"),
    "OQ": ("question", "questions"),
    "BUG": ("bug", "bugs"),
    "ISS": ("issue", "issues"),
    "F": ("feature", "features"),
    "E": ("epic", "epics"),
    "EPIC": ("epic", "epics"),
}
"""What the letters of an id usually stand for, where the documents do not say."""
_TAKEN: Final = frozenset({"criteria", "criterion", "id", "status", "no", "nr", "number", "ref", "code", "key", "name", "item"})
_NOUN: Final = re.compile(r"[a-z]{3,20}")


def families(pages: Iterable[Page], config: Config) -> Iterator[KindProposal]:
    """Give a kind for each family of ids that begins at least three sections, rows or items and that no kind has.

    Named after the header of their column, else by what the letters usually stand for; a family without a name is left alone.
    """
    counts: Counter[str] = Counter()
    headers: dict[str, Counter[str]] = {}
    shapes: dict[str, set[tuple[str, bool]]] = {}
    for page in pages:
        for text, header in _leads(page):
            found = _LEAD.match(text)
            if found and not any(kind.matches(_id(found)) for kind in config.kinds.values()):
                prefix = found["prefix"]
                counts[prefix] += 1
                headers.setdefault(prefix, Counter())[header] += bool(header)
                shapes.setdefault(prefix, set()).add((found["dash"], bool(found["part"])))
    names: dict[str, list[str]] = {}
    for prefix, count in counts.items():
        if count >= _FEWEST and (name := _name(prefix, headers[prefix])) and name not in config.kinds:
            names.setdefault(name, []).append(prefix)
    for name, prefixes in names.items():
        yield _kind(name, sorted(prefixes), {shape for prefix in prefixes for shape in shapes[prefix]}, counts)


def _leads(page: Page) -> Iterator[tuple[str, str]]:
    """Give the texts that may begin with an id, each with the header of its column."""
    for block in page.blocks:
        if isinstance(block, Heading | ListItem):
            yield block.inline.text, ""
        elif isinstance(block, Table):
            header = field_key(block.header.cells[0].text)
            yield from ((row.cells[0].text, header) for row in block.rows)


def _id(found: re.Match[str]) -> str:
    return f"{found['prefix']}{found['dash']}{found['number']}{found['part']}"


def _name(prefix: str, headers: Counter[str]) -> str:
    if prefix in _KNOWN:
        return _KNOWN[prefix][0]
    header = next((word for word, _ in headers.most_common() if word and word not in _TAKEN), "")
    singular = header[:-3] + "y" if header.endswith("ies") else header.removesuffix("s")
    return singular if _NOUN.fullmatch(singular) else ""


def _kind(name: str, prefixes: list[str], shapes: set[tuple[str, bool]], counts: Counter[str]) -> KindProposal:
    letters = prefixes[0] if len(prefixes) == 1 else f"(?:{'|'.join(prefixes)})"
    dashes = {dash for dash, _ in shapes}
    dash = "-" if dashes == {"-"} else "-?" if "-" in dashes else ""
    part = r"(?:\.\d{1,3})?" if any(has_part for _, has_part in shapes) else ""
    plural = next((plural for one, plural in _KNOWN.values() if one == name), f"{name}s")
    total = sum(counts[prefix] for prefix in prefixes)
    example = f"{prefixes[0]}{'-' if '-' in dashes else ''}1"
    reason = f"{total} headings, rows or items begin with ids such as {example}, which no kind has"
    return KindProposal(Confidence.LIKELY, (reason,), name, plural, rf"{letters}{dash}\d{{1,5}}{part}")
