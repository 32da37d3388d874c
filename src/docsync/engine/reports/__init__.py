"""Reports of test runs and of coverage: where they are, what they say, and whether that still holds."""
