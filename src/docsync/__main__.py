"""`python -m docsync` does what `docsync` does."""

from docsync.cli.main import main

main()
