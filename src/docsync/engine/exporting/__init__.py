"""A project's work as issues, in the form that the beads tracker keeps in its JSON Lines."""
