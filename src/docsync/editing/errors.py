"""Why a record's home is not changed as wished."""

from __future__ import annotations


class Uneditable(Exception):
    """Say in one line what stands in the way of a change and what to do; nothing was changed."""
