"""Which homes a document could be, tried out, and how much speaks for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.engine.adopting.pages import Page
from docsync.engine.adopting.proposals import Confidence
from docsync.models.blocks import Heading, Table
from docsync.models.records import Home, Record
from docsync.models.schema import HomeRule, KindSpec

_FORMS: Final = ("sections", "rows", "items")
_FEWEST: Final = 3
_MOST_BROKEN: Final = 0.34
_TELLING: Final = 0.8
_UNKNOWN: Final = "DS103"
"""A word that is no status yet is no fault of form."""
_TASK: Final = "task"
_PRIORITY: Final = re.compile(r"P[0-4]")
"""What is more often a priority than a phase."""
_BARE: Final = re.compile(r"[\d.]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COMMON: Final = frozenset({"id", "title", "status", "description", "number", "priority"})
"""The fields that say little of what kind a record is."""
_FORM_NAMES: Final = {"sections": "sections", "rows": "table rows", "items": "list items", "file": "files"}


class Candidate(Struct, frozen=True):
    """Hold what one document, or a folder of files, would define as homes of a kind in a form."""

    rule: HomeRule
    kind: KindSpec
    records: tuple[Record, ...]
    named: bool
    """The document's own words name the kind."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the ids in the order of the text, each once."""
        return tuple(dict.fromkeys(record.id for record in self.records))

    @property
    def told(self) -> float:
        """Give the share of the records that say how far they are."""
        return sum("status" in record.fields for record in self.records) / len(self.records)

    @property
    def richness(self) -> float:
        """Give how many fields of its kind a record has on average, ids, titles and the like left out."""
        known = self.kind.fields.keys() - _COMMON
        return sum(len(known & record.fields.keys()) + bool(record.criteria) for record in self.records) / len(self.records)

    @property
    def confidence(self) -> Confidence:
        """Tell how sure it is that these are homes."""
        if self.named and self.told >= _TELLING and len(self.records) >= _FEWEST:
            return Confidence.CERTAIN
        return Confidence.LIKELY if self.told >= _TELLING or (self.named and self.richness >= 1) else Confidence.UNSURE

    def reasons(self) -> Iterator[str]:
        """Say what speaks for it."""
        told = sum("status" in record.fields for record in self.records)
        yield f"{len(self.ids)} {self.kind.plural} ({_span(self.ids)}) in {_FORM_NAMES[self.rule.form]}, each once"
        yield f"{told if told < len(self.records) else 'all'} say how far they are" if told else "none says how far it is"
        if fields := Counter(
            name for record in self.records for name in record.fields if name in self.kind.fields and name not in _COMMON
        ):
            yield f"they have fields: {', '.join(name for name, _ in fields.most_common(4))}"
        if self.named:
            yield f"its name, title or headings speak of {self.kind.plural}"


def candidates(page: Page, config: Config) -> Iterator[Candidate]:
    """Give the homes that a document could be, for each kind and form in which enough speaks for it."""
    words = frozenset(_WORD.findall(_own_words(page).casefold()))
    for kind in config.kinds.values():
        for form in _FORMS:
            rule = HomeRule(page.path, kind.name, form)
            found = page.records(config, rule)
            if len(found) >= (_FEWEST if form != "sections" else 2):
                named = not words.isdisjoint({kind.name, kind.plural, *kind.nouns}) or _spelled(kind, found)
                candidate = Candidate(rule, kind, found, named)
                if _plausible(candidate) and (form != "rows" or _alike(page, candidate)):
                    yield candidate


def folders(pages: Sequence[Page], config: Config) -> Iterator[Candidate]:
    """Give the folders in which each document is one record: its title or file name begins with the id."""
    by_folder: dict[str, list[Page]] = {}
    for page in pages:
        by_folder.setdefault(page.path.rpartition("/")[0], []).append(page)
    for folder, inside in by_folder.items():
        members = [page for page in inside if not page.path.rpartition("/")[2].casefold().startswith(("readme", "index"))]
        for kind in config.kinds.values() if len(members) >= 2 and folder else ():  # noqa: PLR2004 -- one file is no folder of them
            yield from _folder(folder, members, kind, config, exact=len(members) == len(inside))


def _folder(folder: str, members: Sequence[Page], kind: KindSpec, config: Config, *, exact: bool) -> Iterator[Candidate]:
    records: list[Record] = []
    for page in members:
        found = [one for one in page.records(config, HomeRule(page.path, kind.name, "file")) if one.home is Home.FILE]
        if len(found) != 1 or not kind.matches(found[0].id) or found[0].status is None:
            return
        records += found
    if exact:
        named = kind.plural in folder.casefold() or kind.name in folder.casefold()
        yield Candidate(HomeRule(f"{folder}/*.md", kind.name, "file"), kind, tuple(records), named)


def _own_words(page: Page) -> str:
    """Give the file's name and its title."""
    headings = (block.inline.text for block in page.blocks if isinstance(block, Heading))
    return f"{page.path.rpartition('/')[2]} {next(headings, '')}".replace("_", " ")


def _plausible(candidate: Candidate) -> bool:
    """Tell whether the records look like homes: told apart by their ids, with a status or fields, and few of them broken."""
    records = candidate.records
    broken = sum(any(not problem.soft and problem.code != _UNKNOWN for problem in record.problems) for record in records) / len(
        records
    )
    if not candidate.named and candidate.richness < 1 and candidate.kind.name != _TASK and candidate.kind.builtin:
        return False
    if all(_BARE.fullmatch(one) for one in candidate.ids) and not (candidate.named and candidate.richness >= 1):
        return False  # versions, weights and numbers of sections look like ids
    return (
        len(candidate.ids) == len(records)
        and not all(_PRIORITY.fullmatch(one) for one in candidate.ids)
        and broken <= _MOST_BROKEN
        and (candidate.told >= _TELLING or (candidate.told >= 0.5 and candidate.named) or candidate.richness >= 1)  # noqa: PLR2004 -- half of them
    )


def _alike(page: Page, candidate: Candidate) -> bool:
    """Tell whether all tables that define the records have one form: else some of them only speak of such records."""
    spans = [record.span for record in candidate.records]
    tables = [block for block in page.blocks if isinstance(block, Table) and any(block.span.contains(span) for span in spans)]
    return len({tuple(cell.text for cell in table.header.cells) for table in tables}) == 1


def _spelled(kind: KindSpec, records: Sequence[Record]) -> bool:
    """Tell whether the ids hold the kind's name: `Phase 1`."""
    return sum(record.id.casefold().startswith(kind.name) for record in records) >= _TELLING * len(records)


def _span(ids: Sequence[str]) -> str:
    return ", ".join(ids) if len(ids) <= _FEWEST else f"{ids[0]} to {ids[-1]}"
