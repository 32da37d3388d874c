"""A project's tables in the forms that other programs read."""
