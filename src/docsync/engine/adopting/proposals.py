"""What is proposed for a project that docsync is new to: values, each with its reasons and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from docsync.config.values import Config
from docsync.models.schema import HomeRule
from docsync.models.status import Status
from docsync.text.edits import Edit


class Confidence(StrEnum):
    """Say how sure a proposal is: what is only likely is written, too, but worth a look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class Proposal(Struct, frozen=True):
    """Say why something is proposed."""

    confidence: Confidence
    reasons: tuple[str, ...]


class HomeProposal(Proposal, frozen=True):
    """Propose that documents are homes of a kind; `ids` are those of the records that come of it."""

    rule: HomeRule
    ids: tuple[str, ...]


class KindProposal(Proposal, frozen=True):
    """Propose a kind of the project's own for a family of ids that no built-in kind has."""

    name: str
    plural: str
    pattern: str


class WordProposal(Proposal, frozen=True):
    """Propose what a word that stands where a status is expected means."""

    word: str
    status: Status


class RegionProposal(Proposal, frozen=True):
    """Propose to let a view write a table; the edits put its markers around it."""

    path: str
    line: int
    region: str
    attributes: Mapping[str, str]
    edits: tuple[Edit, ...]


class BindingProposal(Proposal, frozen=True):
    """Propose to bind a block's numbers to facts; the edit puts the comment above the block."""

    path: str
    line: int
    expressions: tuple[str, ...]
    text: str
    edit: Edit


class LeftAlone(Struct, frozen=True):
    """Say what was looked at and is not proposed, and why."""

    what: str
    why: str


class Adoption(Struct, frozen=True):
    """Hold all that is proposed; `text` is the configuration that says it, `config` what that text means.

    `before` and `after` count the errors that a check finds without the proposal and with it.
    """

    config: Config
    text: str
    homes: tuple[HomeProposal, ...] = ()
    kinds: tuple[KindProposal, ...] = ()
    words: tuple[WordProposal, ...] = ()
    regions: tuple[RegionProposal, ...] = ()
    bindings: tuple[BindingProposal, ...] = ()
    left: tuple[LeftAlone, ...] = ()
    files: int = 0
    before: int = 0
    after: int = 0
    brought: tuple[str, ...] = field(default=())
    """The codes of the errors that the records bring to light, one for each error."""
