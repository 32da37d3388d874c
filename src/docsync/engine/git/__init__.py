"""Everything that concerns git as the place where people commit and merge."""
