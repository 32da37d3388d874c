"""What a project chooses: pyproject.toml's [tool.docsync] or docsync.toml as a frozen Config."""
