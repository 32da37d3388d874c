"""Counts and the items that they count: one module a form."""
