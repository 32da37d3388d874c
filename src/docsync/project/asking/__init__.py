"""What a project answers when somebody asks about its records: pure functions over the joined project."""
