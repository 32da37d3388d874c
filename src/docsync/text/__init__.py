"""Where text is, how it changes, how it reaches the disk."""
