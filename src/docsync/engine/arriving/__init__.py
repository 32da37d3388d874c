"""How new records and documents come into a project: composed, judged in memory, then written all together."""
