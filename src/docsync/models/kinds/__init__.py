"""The built-in kinds of records, one file each."""
