"""Sums and shares: numbers that follow from other numbers near them."""
