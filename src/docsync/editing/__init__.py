"""How one value of a record is changed in its home."""
