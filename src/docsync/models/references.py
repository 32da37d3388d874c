"""What documents point at outside their own text, and which session or phase they call the current one."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from docsync.models.claims import Form, Number, Scope
from docsync.text.spans import Span


class Aim(StrEnum):
    """Name what a reference leads to."""

    LINK = "link"
    """The target of a Markdown link: relative to the document, as readers follow it."""
    PATH = "path"
    """A path in a code span."""
    COMMIT = "commit"


class Stance(StrEnum):
    """Say how a text stands to what it names."""

    ASSERTED = "asserted"
    """It tells a reader to go there, or lists it as something to be read."""
    PLAIN = "plain"
    HEDGED = "hedged"
    """It is planned, removed, generated, optional or an example."""


class Reference(Struct, frozen=True, gc=False, array_like=True):
    """Point at a file, a heading or a commit.

    `target` is the path or commit as written, slashes forward, empty for a link within the document; `anchor` what follows
    its `#`. `line` is the last line that `path:12-20` names, 0 where none is. `length` is the number of lines that the text
    says the file has. `itself` tells that the text calls the file this one. `reason` gives the words that decided the stance.
    """

    aim: Aim
    target: str
    span: Span
    scope: Scope
    form: Form
    stance: Stance = Stance.PLAIN
    anchor: str = ""
    line: int = 0
    length: Number | None = None
    itself: bool = False
    reason: str = ""


class When(StrEnum):
    """Say which of a row of sessions or phases a text speaks of."""

    LAST = "last"
    CURRENT = "current"
    NEXT = "next"


class Position(Struct, frozen=True, gc=False):
    """State which session, phase or other numbered thing is the last, the current or the next one."""

    label: str
    number: str
    when: When
    span: Span
    scope: Scope
    form: Form
    text: str
