"""What a document states: quantities, statuses, dates, with scope and time."""
