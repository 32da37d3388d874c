"""What docsync remembers between runs, in the user's own cache folder and never in the tree."""
