"""What was changed by hand in generated text, offered back to the homes that it is generated from."""
