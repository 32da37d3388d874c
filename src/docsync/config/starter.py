"""What a new configuration file says: every key with its default, commented out, and examples to copy."""

from __future__ import annotations

from typing import Final

_STARTER: Final = """\
# docsync's configuration. Every key below shows its default; take the # away to change one.
# The same keys work in pyproject.toml, in the table [tool.docsync].

# Which documents are read: patterns as in .gitignore, relative to this file. What .gitignore leaves out is left out.
#include = ["**/*.md", "**/*.markdown"]
#exclude = []

# The folder of this project's own views, relative to this file. A view of the same name replaces a built-in one.
#templates = ""

# From which severity on `docsync check` fails: "info", "warning" or "error".
#fail-on = "warning"

# Whether symbolic links are followed; never out of the project.
#follow-links = false

# Limits: bytes of a document, bytes that a view may give, seconds that it may take.
#max-file-size = 2_000_000
#view-max-bytes = 1_000_000
#view-timeout = 5.0

# Which rules are on (all, where none is selected) and off, by code, the beginning of one (DS2) or name, and which
# report with another severity. `docsync rules` lists them all.
#[rules]
#select = []
#ignore = []
#[rules.severity]
# Example:
#   [rules]
#   ignore = ["DS104"]
#   severity = { last-updated-stale = "info" }

# The same for some documents alone; where several match, each adds to those before.
# Example:
#   [[overrides]]
#   path = "docs/archive/"
#   ignore = ["DS3", "file-missing"]

# Words and signs of this project for the eight statuses: pending, ready, in_progress, blocked, resolved, deferred,
# cancelled, failed.
#[status.words]
#[status.emoji]
# Example:
#   [status.words]
#   "in the oven" = "in_progress"
#   [status.emoji]
#   "🍞" = "resolved"

# Reports that prove claims about tests, by patterns from this file on, and the files that they speak of: a report that
# is older than one of those proves nothing. What is left out is looked for where tools usually write it.
#[evidence]
# Example:
#   [evidence]
#   junit = ["reports/junit-*.xml"]
#   coverage = ["reports/coverage.xml"]
#   node-ids = ["reports/tests.txt"]
#   sources = ["src/**", "tests/**"]

# Documents that are homes of records, without a word of front matter in them. A form is "file" (one record a file),
# "sections" (a heading with fields below it), "rows" (of a table) or "items" (of a list, with a
# checkbox or a sign); leave it out for sections and rows.
# Example:
#   [[homes]]
#   path = "docs/holes/*.md"
#   kind = "hole"
#   form = "file"

# Kinds of records: built-in ones with further fields, and this project's own. A field's type is "text", "integer",
# "number", "boolean", "date", "status", "enum" (with values), "reference", "references" (with target), "list",
# "criteria" or "conditions"; role says what a reference means: "needs", "holds" or "part-of".
# Example:
#   [kinds.hole.fields.reviewer]
#   aliases = ["Reviewed by"]
#
#   [kinds.risk]
#   id = 'R\\d+'
#   plural = "risks"
#   [kinds.risk.fields.likelihood]
#   type = "enum"
#   values = ["low", "medium", "high"]
#   required = true
#   [kinds.risk.fields.threatens]
#   type = "references"
#   target = "phase"
"""


def starter_text() -> str:
    """Give the text of a first docsync.toml, which changes nothing."""
    return _STARTER
