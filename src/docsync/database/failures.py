"""Why a query cannot be answered."""

from __future__ import annotations


class QueryError(Exception):
    """Say in one line what is wrong with a query, or which limit it ran into."""
