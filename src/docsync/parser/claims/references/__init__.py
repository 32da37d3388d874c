"""What a document points at: files, headings, commits, and the session or phase that it calls current."""
