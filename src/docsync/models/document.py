"""What the per-file stage gives: all facts of one file, frozen and picklable, without its text."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import LIVING, DateStamp, Mention, Quantity, Scope
from docsync.models.diagnostics import Place, Related
from docsync.models.packing import packed, packs
from docsync.models.records import Json, Record
from docsync.models.references import Position, Reference
from docsync.models.standings import Standing
from docsync.models.ties import Tie
from docsync.text.spans import LineIndex, Span


class FrontMatterEntry(Struct, frozen=True, gc=False):
    """Hold one top-level key of the front matter: its spans and its value in JSON form."""

    key: str
    key_span: Span
    value_span: Span
    value: Json
    items: tuple[tuple[str, Span], ...] = ()
    """For a list of scalars, each item's text and span."""


class FrontMatter(Struct, frozen=True, gc=False):
    """Hold a file's front matter; `span` covers both fences and the line end after the second."""

    span: Span
    entries: Mapping[str, FrontMatterEntry]


class Region(Struct, frozen=True, gc=False):
    """Hold one generated region.

    `attributes` are those of the begin marker but for the id; `view` is one of them, set apart. `body` covers the text
    between the two markers' lines, `prefix` is the container prefix of the marker's lines (spaces, `>` signs), and `text`
    is the body as it stands.
    """

    id: str
    view: str
    attributes: Mapping[str, str]
    begin: Span
    end: Span
    body: Span
    prefix: str
    text: str


class Suppression(Struct, frozen=True, gc=False):
    """Hold one ignore comment: the codes it names, the reason given, and the span of the block that it covers."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    covers: Span


class Trouble(Struct, frozen=True, gc=False):
    """Report a fault that the per-file stage saw; the rule of that code turns it into a finding, or just notes it."""

    code: str
    span: Span
    message: str
    related: tuple[tuple[Span, str], ...] = ()
    help: str = ""
    is_note: bool = False


class HeadingText(Struct, frozen=True, gc=False, array_like=True):
    """Hold a heading for links and section look-ups: its level, plain text and span."""

    level: int
    text: str
    span: Span


class Checklist(Struct, frozen=True, gc=False):
    """Count the checkboxes under one heading or list item, those of deeper headings and items included.

    `span` marks the heading's text or the item's line; `reach` the text it reaches over. `total` leaves out dropped boxes
    (struck through, `[~]`, `[-]`) and counts those that a remark puts off (`(deferred to phase 2)`), `deferred` of them open.
    `own_met` and `own_total` count just the topmost boxes: none below a deeper heading or inside another item with a box.
    """

    title: str
    span: Span
    reach: Span
    met: int
    total: int
    deferred: int = 0
    own_met: int = 0
    own_total: int = 0
    scope: Scope = LIVING
    ticked: bool | None = None
    """Of an item that has a box itself: whether that is ticked."""


@packs(headings=HeadingText, dates=DateStamp, ties=Tie, references=Reference)
class DocumentFacts(Struct, frozen=True, weakref=True):
    """Hold all that one file states.

    `refused` says why nothing else of the file was read; `regions` is empty when markers are malformed. `anchors` are the
    targets of links that HTML in the text sets, `swallowed` the headings that stand in code blocks without a language. `moment`
    is the one that the whole file speaks of, empty for a living document.
    """

    path: str
    digest: str
    newline: str
    lines: LineIndex
    title: str = ""
    front_matter: FrontMatter | None = None
    headings: tuple[HeadingText, ...] = ()
    records: tuple[Record, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateStamp, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    ties: tuple[Tie, ...] = ()
    references: tuple[Reference, ...] = ()
    positions: tuple[Position, ...] = ()
    anchors: tuple[str, ...] = ()
    swallowed: tuple[HeadingText, ...] = ()
    moment: str = ""
    standings: tuple[Standing, ...] = ()
    runs: tuple[Quantity, ...] = ()
    """Numbers of a test run, as test runners print them: claims that only a report can check."""
    regions: tuple[Region, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    refused: bool = False

    def place(self, span: Span) -> Place:
        """Give the place of a span in this file."""
        return Place(self.path, span)

    def related(self, span: Span, message: str) -> Related:
        """Give a related place in this file."""
        return Related(Place(self.path, span), message)


def slim(facts: DocumentFacts) -> DocumentFacts:
    """Give the same facts in a third of the memory: long lists that few ask for wait as bytes, those of records too."""
    return packed(replace(facts, records=tuple(map(packed, facts.records))))
