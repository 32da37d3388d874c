"""How a project's history is shown: as tables, JSON and drawings."""
