"""What a project was at a revision of its repository, as far as a later state is held against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

from docsync.models.records import Record

Key: TypeAlias = "tuple[str, str, str]"
"""A path, a rule's code and the claim: what a finding goes by."""


class Earlier(Struct, frozen=True):
    """Hold the records there were, each document's path with a digest of its bytes, and how often each finding occurred."""

    records: tuple[Record, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)
    counts: Mapping[Key, int] = field(default_factory=dict)
