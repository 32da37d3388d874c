"""What regions should hold: templates to text, never written here."""
