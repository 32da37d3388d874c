"""Where a project keeps what docsync writes for itself."""

from __future__ import annotations

from typing import Final

FILE: Final = ".docsync-baseline.json"
"""The file of a project's baseline, at its root."""
