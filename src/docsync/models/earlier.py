"""What a project was at a revision of its repository, as far as a later state is held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from docsync.models.records import Record

Key: TypeAlias = "tuple[str, str, str]"
"""A path, a rule's code and the claim: what a finding goes by."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Hold the records there were, each document's path with a digest of its bytes, and how often each finding occurred."""

    records: tuple[Record, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)
    counts: Mapping[Key, int] = field(default_factory=dict)
