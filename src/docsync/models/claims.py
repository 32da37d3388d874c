"""What a document states outside the homes of records: claims that can be checked, with their scope and time."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from msgspec import Struct

from docsync.models.status import Status
from docsync.text.spans import Span

CHANGE: Final = "change"
"""The time of a number that belongs to a transition (`4/14 → 6/14`, `was 3`): never to be compared with another."""

TEMPLATE: Final = "template"
"""The time of text to be filled in or ticked off again and again: it states nothing."""

_APPROXIMATE = Decimal("0.1")


class Scope(Struct, frozen=True, gc=False, array_like=True):
    """Say where a claim stands: its headings, outermost first, the lead text of its list item, and its time.

    `as_of` is empty for living text; else it names the moment that the text speaks of. A date (`2026-03-02`), a session
    (`session 2`), an event (`event 4`) or an entity's completion (`item H6`) is the same moment in every document; any other
    moment names its file too (`archive in docs/archive/plan.md`), since two archives are two moments.
    """

    headings: tuple[str, ...] = ()
    item: str = ""
    as_of: str = ""
    lead: str = ""
    """The paragraph that introduces the list or table: `**This session:**`."""
    entities: tuple[str, ...] = ()
    """What the enclosing items, the lead and the headings name, nearest first."""

    @property
    def living(self) -> bool:
        """Tell whether the text speaks of now."""
        return not self.as_of

    @property
    def comparable(self) -> bool:
        """Tell whether claims of this time can be compared with others of the same time."""
        return self.as_of not in (CHANGE, TEMPLATE)


LIVING: Final = Scope()
"""The scope of text under no heading that speaks of now."""


class Form(StrEnum):
    """Name the form in which a document mentions something."""

    FRONT_MATTER = "front matter"
    HEADING = "heading"
    ROW = "table row"
    BULLET = "list item"
    KEY_VALUE = "key-value"
    PROSE = "text"


class Mention(Struct, frozen=True, gc=False):
    """State one field of one entity outside its home, or merely name it (`name` empty).

    `entity` is the id as written (`H6`), or a kind and number (`phase 2`); `name` the field (`status`, `title`,
    `blocked_by`), `raw` what is said and `span` where; `status` is set when the field is a status that is understood.
    """

    entity: str
    span: Span
    form: Form
    scope: Scope
    name: str = ""
    raw: str = ""
    entity_span: Span | None = None
    status: Status | None = None
    targets: tuple[str, ...] = ()
    """The entities that the value names, ranges written out: `blocked_by` with `H1–H3` names three."""


class Number(Struct, frozen=True, gc=False, array_like=True):
    """Hold one number as written: its value, its span, and how exact it claims to be.

    `approximate` for `~N`, `at_least` for `N+`, `upper` for the other end of a range `N-M`; `places` counts the decimals
    written. The span covers digits, separators and a range's two ends, never `~`, `+` or `%`.
    """

    value: Decimal
    span: Span
    places: int = 0
    approximate: bool = False
    at_least: bool = False
    upper: Decimal | None = None

    @property
    def exact(self) -> bool:
        """Tell whether the number claims to be just this, at its precision."""
        return not self.approximate and not self.at_least and self.upper is None

    def admits(self, actual: Decimal) -> bool:
        """Tell whether the number can stand for `actual`.

        Rounded or cut off at the decimals written; from the number upwards for `N+`; between the ends of a range; within a
        tenth for `~N`.
        """
        lowest, highest = self.value, self.value if self.upper is None else self.upper
        if self.approximate:
            lowest, highest = lowest * (1 - _APPROXIMATE), highest * (1 + _APPROXIMATE)
        if lowest <= actual and (self.at_least or actual <= highest):
            return True
        step = Decimal(1).scaleb(-self.places)
        for rounding in (ROUND_HALF_UP, ROUND_DOWN):
            reading = actual.quantize(step, rounding)
            if lowest <= reading and (self.at_least or reading <= highest):
                return True
        return False


class Quantity(Struct, frozen=True, gc=False):
    """Claim how many: `count`, of `total`, and the percentage beside them, whichever are written.

    `noun` is the counted thing in lower case as written (`holes`), `state` the status word beside it (`resolved`), both
    empty where nothing was recognised; they are read from `key` where the claim itself does not say them. `entities` are the
    ids or `phase 2`-like names in the claim's own line, nearest first; those around it are in its scope. `text` is the line
    or cell as written. `binding` is the fact expression of a claim comment, empty where there is none.
    """

    span: Span
    text: str
    scope: Scope
    form: Form
    count: Number | None = None
    total: Number | None = None
    percent: Number | None = None
    noun: str = ""
    state: str = ""
    entities: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    """The ids that the claim itself lists in brackets: `3/3 holes resolved (H1, H2, H11)`."""
    key: str = ""
    """The key of the key-value, or the column's header, that the number stands under."""
    binding: str = ""
    qualifier: str = ""
    """The words between number and noun, lower-case: `interface` in `9 interface holes`, which are not all the holes."""
    every: bool = False
    """The claim says that it counts all there are: `All 3 holes resolved`."""
    aim: bool = False
    """The claim names a target, an estimate or a need, not what is: `Target: 80%`, `should have 5 tests`."""
    parts: tuple[Number, ...] = ()
    """The addends beside it: `89 (23 + 28 + 38)`."""

    bare: bool = False
    """Nothing but a claim comment makes the number a claim: it names nothing that it counts."""
    rest: str = ""
    """The words right after the claim, lower-case, up to the next sign: `in phase 2` narrows what is counted."""
    before: str = ""
    """What stands between key and claim in its clause, of a long text its end: `Profiles` in `Phase 1: Profiles (60%)`."""
    of: tuple[str, ...] = ()
    """The names inside the claim: `gate 1` in `4/14 Gate 1 criteria`."""
    open_box: bool = False
    """The claim stands in a list item whose own box is not ticked: `- [ ] All 9 tests pass`."""

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Give the claim's own numbers in the order of the text, its addends left out."""
        written = (number for number in (self.count, self.total, self.percent) if number is not None)
        return tuple(sorted(written, key=lambda number: number.span))


class DateStamp(Struct, frozen=True, gc=False, array_like=True):
    """State a date, as ISO text; `key` is the key before it (`last updated`), empty in running text and headings."""

    span: Span
    iso: str
    key: str
    scope: Scope
    form: Form
    ahead: bool = False
    """The date is one of a plan: due, scheduled, a target."""
