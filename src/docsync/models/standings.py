"""What a text says of how far something is, twice in one place: a status with a share beside it, or of the whole document."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from docsync.models.claims import LIVING, Scope
from docsync.models.status import Status
from docsync.text.spans import Span


class Standing(Struct, frozen=True, gc=False):
    """Hold a status as written at `span`.

    `share` is the percentage of the work beside it, at `share_span` and written as `share_raw` (`95%`, `2/3`); None for the
    status of the whole document. `name` is what the two are about, as written, empty for the document.
    """

    status: Status
    raw: str
    span: Span
    name: str = ""
    share: Decimal | None = None
    share_span: Span | None = None
    share_raw: str = ""
    scope: Scope = LIVING
    listed: bool = False
    """The two stand in an item of a list whose signs go with shares, not in a row."""
