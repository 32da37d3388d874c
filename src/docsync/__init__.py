"""docsync compiles planning documents: it finds, owns and keeps what they state."""

__version__ = "0.1.0"
