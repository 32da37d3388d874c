"""When a report says that it was made."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Final

from docsync.models.reports import Moments

_LONGEST: Final = 7 * 86_400.0
"""In seconds; a run that claims to have taken longer is not believed."""
_MILLISECONDS: Final = 100_000_000_000
"""A number of seconds beyond this is one of milliseconds: it would be a year after 5000."""


def moments_of(text: str, seconds: str = "") -> Moments:
    """Read a time, and the one that many seconds after it; none where it is not understood."""
    try:
        stated = datetime.fromisoformat(text.strip())
        took = _duration(seconds)
        local = stated.timestamp() + took
        utc = local if stated.tzinfo else stated.replace(tzinfo=UTC).timestamp() + took
    except (ValueError, OverflowError, OSError):
        return Moments()
    return Moments(max(utc, 0.0), max(local, 0.0))


def moments_of_number(text: str) -> Moments:
    """Read a time that is given as seconds or milliseconds since 1970."""
    try:
        number = float(text)
    except ValueError:
        return Moments()
    if not math.isfinite(number) or number <= 0:
        return Moments()
    seconds = number / 1000 if number > _MILLISECONDS else number
    return Moments(seconds, seconds)


def _duration(text: str) -> float:
    try:
        seconds = float(text.replace(",", ""))
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds <= _LONGEST else 0.0
