"""Why a region cannot be rendered."""

from __future__ import annotations


class ViewError(Exception):
    """Say in one line what is wrong with a region's attributes, its view or what the view does."""
