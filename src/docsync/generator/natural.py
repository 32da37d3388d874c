"""In which order views show values: the one that people expect, as everywhere."""

from __future__ import annotations

from docsync.models.natural import NOTHING, Key, natural

__all__ = ["NOTHING", "Key", "natural"]
