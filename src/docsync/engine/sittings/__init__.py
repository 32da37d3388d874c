"""How a session begins and ends: what to read, what has changed since the last one, and what is handed over."""
