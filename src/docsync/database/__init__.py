"""The records as tables that can be asked in SQL."""
