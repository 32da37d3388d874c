"""What a document states outside the homes of records: claims that can be checked, with their scope and time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from docsync.models.status import Status
from docsync.text.spans import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Say where a claim stands: its headings, outermost first, the lead text of its list item, and its time.

    `as_of` is empty for living text; else it names the moment that the text speaks of: a date, `session 2`, `archive`.
    """

    headings: tuple[str, ...] = ()
    item: str = ""
    as_of: str = ""

    @property
    def living(self) -> bool:
        """Tell whether the text speaks of now."""
        return not self.as_of


class Form(StrEnum):
    """Name the form in which a document mentions something."""

    FRONT_MATTER = "front matter"
    HEADING = "heading"
    ROW = "table row"
    BULLET = "list item"
    KEY_VALUE = "key-value"
    PROSE = "text"


@dataclass(frozen=True, slots=True)
class Mention:
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


@dataclass(frozen=True, slots=True)
class Number:
    """Hold one number as written: its value, its span, and how exact it claims to be.

    `approximate` for `~N`, `at_least` for `N+`; `places` counts the decimals written.
    """

    value: Decimal
    span: Span
    places: int = 0
    approximate: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """Claim how many: `count`, of `total`, and the percentage beside them, whichever are written.

    `noun` is the counted thing in lower case as written (`holes`), `state` the status word beside it (`resolved`), both
    empty where nothing was recognised. `entities` are the ids or `phase 2`-like names in the claim's own line and item.
    `text` is the line or cell as written. `binding` is the fact expression of a claim comment, empty where there is none.
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


@dataclass(frozen=True, slots=True)
class DateStamp:
    """State a date, as ISO text; `key` is the key before it (`last updated`), empty in running text and headings."""

    span: Span
    iso: str
    key: str
    scope: Scope
    form: Form
