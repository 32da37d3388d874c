"""Where a record that is new stands, under which id, and in which form: as its siblings do."""
