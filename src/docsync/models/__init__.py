"""What documents say and what was found: plain values, no input or output."""
