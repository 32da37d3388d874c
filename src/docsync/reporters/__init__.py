"""How findings are shown, one file an output format."""
